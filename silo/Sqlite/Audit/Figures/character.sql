-- What kind of cluster a place is.

-- Foreign share of twelve months' output at every complete month.
CREATE TEMP TABLE audit_output_share (
    place INTEGER NOT NULL, no INTEGER NOT NULL, month INTEGER NOT NULL, share REAL NOT NULL,
    PRIMARY KEY (place, no)
) WITHOUT ROWID;

INSERT INTO audit_output_share
WITH sums AS (
    SELECT c.place, c.month,
        iif(count(*) = count(v.cny), total(iif(rtrim(v.head, '+') IN ('hmt', 'foreign'), v.cny, 0)), NULL) AS foreign_funded, total(v.cny) AS every
    FROM audit_coverage c CROSS JOIN audit_amount v ON v.measure = 'output' AND v.place = c.place AND v.month BETWEEN c.month - 11 AND c.month
    WHERE c.feed = 'output' AND c.complete
    GROUP BY c.place, c.month)
SELECT place, row_number() OVER (PARTITION BY place ORDER BY month), month, foreign_funded / every
FROM sums WHERE foreign_funded IS NOT NULL AND every <> 0;

-- A type is left only where the share is 0.02 beyond its border.
INSERT INTO audit_figure
WITH RECURSIVE
    plain AS (
        SELECT *, CASE WHEN share <= 0.2 THEN 'endogenous' WHEN share >= 0.5 THEN 'embedding' ELSE 'mixed' END AS type FROM audit_output_share),
    walk (place, no, month, type) AS (
        SELECT place, no, month, type FROM plain WHERE no = 1
        UNION ALL
        SELECT p.place, p.no, p.month,
            CASE
                WHEN w.type = 'endogenous' AND p.share <= 0.2 + 0.02 THEN w.type
                WHEN w.type = 'mixed' AND p.share BETWEEN 0.2 - 0.02 AND 0.5 + 0.02 THEN w.type
                WHEN w.type = 'embedding' AND p.share >= 0.5 - 0.02 THEN w.type
                ELSE p.type END
        FROM walk w JOIN plain p ON p.place = w.place AND p.no = w.no + 1)
SELECT a.indicator, a.place, 'type=' || t.column1, a.month, iif(w.type IS NULL, NULL, w.type = t.column1),
    CASE
        WHEN w.type IS NOT NULL THEN 'none'
        WHEN EXISTS (SELECT 1 FROM audit_window v WHERE v.measure = 'output' AND v.place = a.place AND v.month = a.month AND v.cny IS NULL) THEN 'no_rate'
        ELSE 'no_denominator' END
FROM audit_asked a
    CROSS JOIN (VALUES ('endogenous'), ('mixed'), ('embedding')) t
    LEFT JOIN walk w ON w.place = a.place AND w.month = a.month
WHERE a.indicator = 'cluster_type';

-- The geometric mean of three parts; the first of them that is not known says why it is not.
INSERT INTO audit_figure
WITH
    bought AS (
        SELECT place, month, count(*) = count(cny) AS known, total(iif(head = 'local', cny, 0)) AS local, total(cny) AS every
        FROM audit_window WHERE measure = 'purchases' GROUP BY place, month),
    part AS (
        SELECT a.place, a.month, c.reason AS source_reason, r.linked, r.foreign_funded, coalesce(b.known, 1) AS known, b.local, coalesce(b.every, 0) AS every,
            (SELECT max(share) FROM audit_source s WHERE s.basis = 'immediate' AND s.place = a.place AND s.month = a.month) AS top
        FROM audit_asked a
            JOIN audit_concentration c ON c.basis = 'immediate' AND c.place = a.place AND c.month = a.month
            JOIN audit_linkage_rate r ON r.place = a.place AND r.month = a.month
            LEFT JOIN bought b ON b.place = a.place AND b.month = a.month
        WHERE a.indicator = 'embeddedness_index'),
    judged AS (
        SELECT *,
            CASE
                WHEN source_reason <> 'none' THEN source_reason
                WHEN foreign_funded = 0 THEN 'no_denominator'
                WHEN NOT known THEN 'no_rate'
                WHEN every = 0 THEN 'no_denominator'
                ELSE 'none' END AS reason
        FROM part)
SELECT 'embeddedness_index', place, '', month,
    iif(reason = 'none', pow(1.0 * linked / foreign_funded * (local / every) * (1 - top), 1.0 / 3), NULL), reason
FROM judged;
