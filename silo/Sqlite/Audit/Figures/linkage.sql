-- Linkage: who buys from whom.

CREATE TEMP TABLE audit_linkage_rate (
    place INTEGER NOT NULL, month INTEGER NOT NULL, linked INTEGER NOT NULL, foreign_funded INTEGER NOT NULL,
    PRIMARY KEY (place, month)
) WITHOUT ROWID;

INSERT INTO audit_linkage_rate
SELECT m.place, m.month,
    (SELECT coalesce(sum(amount), 0) FROM audit_stock s WHERE s.measure = 'linked' AND s.place = m.place AND s.month = m.month),
    (SELECT coalesce(sum(amount), 0) FROM audit_stock s
     WHERE s.measure = 'active' AND s.place = m.place AND s.month = m.month AND rtrim(s.head, '+') IN ('hmt', 'foreign'))
FROM audit_moment m;

INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month, r.linked, r.foreign_funded
FROM audit_asked a JOIN audit_linkage_rate r ON r.place = a.place AND r.month = a.month
WHERE a.indicator = 'local_linkage_ratio';

-- Applies where reports go back a full window before the earlier month.
INSERT INTO audit_figure
SELECT a.indicator, a.place, 'span=' || k.column1, a.month,
    iif(c.month IS NULL OR now.foreign_funded = 0 OR earlier.foreign_funded = 0, NULL,
        1.0 * now.linked / now.foreign_funded - 1.0 * earlier.linked / earlier.foreign_funded),
    CASE
        WHEN c.month IS NULL THEN 'not_applicable'
        WHEN now.foreign_funded = 0 OR earlier.foreign_funded = 0 THEN 'no_denominator'
        ELSE 'none' END
FROM audit_asked a
    CROSS JOIN (VALUES (3), (12)) k
    JOIN audit_linkage_rate now ON now.place = a.place AND now.month = a.month
    JOIN audit_linkage_rate earlier ON earlier.place = a.place AND earlier.month = a.month - k.column1
    LEFT JOIN audit_coverage c ON c.place = a.place AND c.feed = 'linkage' AND c.month = a.month - k.column1 - 11
WHERE a.indicator = 'local_linkage_change';

INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month,
    iif(count(w.head) = count(w.cny), total(iif(w.head = 'local', w.cny, 0)), NULL),
    iif(count(w.head) = count(w.cny), total(w.cny), NULL)
FROM audit_asked a LEFT JOIN audit_window w ON w.measure = 'purchases' AND w.place = a.place AND w.month = a.month
WHERE a.indicator = 'local_sourcing_ratio'
GROUP BY a.place;

-- Distinct ones: of suppliers, and of estates.
INSERT INTO audit_figure
SELECT a.indicator, a.place, '', a.month, (
    SELECT count(*) FROM audit_stock s WHERE s.measure = i.column2 AND s.place = a.place AND s.month = a.month AND s.amount > 0), 'none'
FROM (VALUES ('suppliers_reached', 'supplier_reached'), ('linked_suppliers', 'linked_supplier')) i
    JOIN audit_asked a ON a.indicator = i.column1;

INSERT INTO audit_figure
WITH estates AS (
    SELECT a.indicator, a.place, a.month,
        (SELECT coalesce(sum(amount), 0) FROM audit_stock s WHERE s.measure = 'estates' AND s.place = a.place AND s.month = a.month) AS every,
        (SELECT count(*) FROM audit_stock s
         WHERE s.measure = 'estate_linked' AND s.place = a.place AND s.month = a.month AND s.amount > 0) AS linked
    FROM audit_asked a WHERE a.indicator IN ('estates', 'estates_linked'))
SELECT indicator, place, '', month,
    CASE WHEN every = 0 THEN NULL WHEN indicator = 'estates' THEN every ELSE linked END, iif(every = 0, 'not_applicable', 'none')
FROM estates;
