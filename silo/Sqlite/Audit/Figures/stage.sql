-- Which stage a place is in.

-- What complete months say, where reports go back a full window: the linkage rate, and how it has changed in a year, or of an estate
-- how concentrated its industries are.
CREATE TEMP TABLE audit_evidence (
    place INTEGER NOT NULL, month INTEGER NOT NULL, estate INTEGER NOT NULL, rate REAL, second REAL,
    PRIMARY KEY (place, month)
) WITHOUT ROWID;

INSERT INTO audit_evidence
WITH
    month AS (
        SELECT c.place, c.month, p.name LIKE 'estates/%' AS estate,
            EXISTS (SELECT 1 FROM audit_coverage w WHERE w.place = c.place AND w.feed = 'linkage' AND w.month = c.month - 12 - 11) AS compared
        FROM audit_asked a
            JOIN audit_place p ON p.no = a.place
            JOIN audit_coverage c ON c.place = a.place AND c.feed = 'linkage' AND c.complete AND c.month <= a.month
        WHERE a.indicator = 'stage'
            AND EXISTS (SELECT 1 FROM audit_coverage w WHERE w.place = c.place AND w.feed = 'linkage' AND w.month = c.month - 11)
            AND (p.name NOT LIKE 'estates/%' OR EXISTS (
                SELECT 1 FROM audit_coverage e WHERE e.place = c.place AND e.feed = 'employment' AND e.month = c.month AND e.complete))),
    moment AS (SELECT place, month FROM month UNION SELECT place, month - 12 FROM month),
    linked AS (
        SELECT t.place, t.month, t.recomputed AS amount
        FROM audit_series s CROSS JOIN audit_truth t ON t.series = s.no WHERE s.measure = 'linked'),
    rate AS MATERIALIZED (
        SELECT m.place, m.month,
            1.0 * (SELECT coalesce(sum(l.amount), 0) FROM linked l WHERE l.place = m.place AND l.month <= m.month)
                / nullif((SELECT sum(f.foreign_funded) FROM audit_firms f WHERE f.place = m.place AND f.month <= m.month), 0) AS rate
        FROM moment m),
    division AS (
        SELECT m.place, m.month, s.industry, sum(t.recomputed) AS persons
        FROM month m
            CROSS JOIN audit_series s ON s.measure = 'employment' AND s.industry <> ''
            CROSS JOIN audit_truth t ON t.series = s.no AND t.place = m.place AND t.month = m.month
        WHERE m.estate GROUP BY m.place, m.month, s.industry HAVING sum(t.recomputed) > 0),
    concentration AS MATERIALIZED (
        SELECT place, month, sum(1.0 * persons * persons) / sum(persons) / sum(persons) AS hhi FROM division GROUP BY place, month)
SELECT m.place, m.month, m.estate, r.rate, iif(m.estate, c.hhi, iif(m.compared, r.rate - b.rate, NULL))
FROM month m
    JOIN rate r ON r.place = m.place AND r.month = m.month
    JOIN rate b ON b.place = m.place AND b.month = m.month - 12
    LEFT JOIN concentration c ON c.place = m.place AND c.month = m.month;

-- Months that decide: a high rate does not before its change is known.
CREATE TEMP TABLE audit_stage (
    place INTEGER NOT NULL, no INTEGER NOT NULL, month INTEGER NOT NULL, estate INTEGER NOT NULL, rate REAL NOT NULL, second REAL, plain TEXT NOT NULL,
    PRIMARY KEY (place, no)
) WITHOUT ROWID;

INSERT INTO audit_stage
SELECT place, row_number() OVER (PARTITION BY place ORDER BY month), month, estate, rate, second,
    CASE
        WHEN estate THEN iif(second >= 0.4 AND rate >= 0.3, 'function_district', 'policy_district')
        WHEN rate < 0.15 THEN 'enterprise_cluster'
        WHEN rate >= 0.4 AND second >= -0.02 THEN 'industry_cluster'
        ELSE 'transition' END
FROM audit_evidence
WHERE rate IS NOT NULL AND (second IS NOT NULL OR (NOT estate AND rate < 0.4));

-- A stage is left only where the evidence is 0.02 beyond its border.
CREATE TEMP TABLE audit_walk (place INTEGER NOT NULL, no INTEGER NOT NULL, stage TEXT NOT NULL, PRIMARY KEY (place, no)) WITHOUT ROWID;

INSERT INTO audit_walk
WITH RECURSIVE
    walk (place, no, stage) AS (
        SELECT place, no, plain FROM audit_stage WHERE no = 1
        UNION ALL
        SELECT s.place, s.no,
            CASE
                WHEN w.stage = 'policy_district' AND NOT (s.second > 0.4 + 0.02 AND s.rate > 0.3 + 0.02) THEN w.stage
                WHEN w.stage = 'function_district' AND s.second >= 0.4 - 0.02 AND s.rate >= 0.3 - 0.02 THEN w.stage
                WHEN w.stage = 'enterprise_cluster' AND s.rate <= 0.15 + 0.02 THEN w.stage
                WHEN w.stage = 'transition' AND s.rate >= 0.15 - 0.02
                    AND NOT (s.rate > 0.4 + 0.02 AND coalesce(s.second, -1) >= -0.02 + 0.02) THEN w.stage
                WHEN w.stage = 'industry_cluster' AND s.rate >= 0.4 - 0.02 AND coalesce(s.second, 0) >= -0.02 - 0.02 THEN w.stage
                ELSE s.plain END
        FROM walk w JOIN audit_stage s ON s.place = w.place AND s.no = w.no + 1)
SELECT place, no, stage FROM walk;

INSERT INTO audit_figure
WITH
    last AS (SELECT place, stage, max(no) FROM audit_walk GROUP BY place),
    judged AS (
        SELECT a.place, a.month, p.name LIKE 'estates/%' AS estate, l.stage,
            CASE
                WHEN e.place IS NULL THEN 'not_applicable'
                WHEN e.rate IS NULL OR (e.estate AND e.second IS NULL) THEN 'no_denominator'
                WHEN l.stage IS NULL THEN 'not_applicable'
                ELSE 'none' END AS reason
        FROM audit_asked a
            JOIN audit_place p ON p.no = a.place
            LEFT JOIN audit_evidence e ON e.place = a.place AND e.month = a.month
            LEFT JOIN last l ON l.place = a.place
        WHERE a.indicator = 'stage')
SELECT 'stage', j.place, 'stage=' || s.column1, j.month, iif(j.reason = 'none', j.stage = s.column1, NULL), j.reason
FROM judged j
    JOIN (VALUES ('enterprise_cluster', 0), ('transition', 0), ('industry_cluster', 0), ('policy_district', 1), ('function_district', 1)) s
        ON s.column2 = j.estate;

-- Ranks: against the highest of the twelve months before.
INSERT INTO audit_figure
WITH
    rank AS (
        SELECT w.place, w.no, s.month, CASE w.stage WHEN 'industry_cluster' THEN 2 WHEN 'transition' THEN 1 WHEN 'function_district' THEN 1 ELSE 0 END AS rank
        FROM audit_walk w JOIN audit_stage s ON s.place = w.place AND s.no = w.no),
    compared AS (
        SELECT f.place, f.month, f.reason,
            (SELECT r.rank FROM rank r WHERE r.place = f.place ORDER BY r.no DESC LIMIT 1)
            - (SELECT max(r.rank) FROM rank r WHERE r.place = f.place AND r.month BETWEEN f.month - 12 AND f.month - 1) AS change
        FROM (SELECT DISTINCT place, month, reason FROM audit_figure WHERE indicator = 'stage') f)
SELECT 'stage_change', place, '', month, iif(reason = 'none', change, NULL), iif(reason = 'none' AND change IS NULL, 'not_applicable', reason)
FROM compared;
