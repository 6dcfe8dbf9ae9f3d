-- Births and deaths of enterprises, and how private ones grow beside foreign-funded ones.

INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month,
    (SELECT total(v.plain) FROM audit_amount v
     WHERE v.measure = i.column2 AND v.place = a.place AND v.month BETWEEN a.month - 11 AND a.month),
    (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'active' AND s.place = a.place AND s.month = a.month - 12)
FROM (VALUES ('enterprise_birth_rate', 'births'), ('enterprise_death_rate', 'deaths')) i
    JOIN audit_asked a ON a.indicator = i.column1;

-- A base that is not positive has no growth rate.
INSERT INTO audit_figure
WITH
    side AS (
        SELECT a.place, a.month, g.column1 AS side, t.column1 AS time,
            iif(count(v.head) = count(v.cny), total(v.cny), NULL) AS cny
        FROM audit_asked a
            CROSS JOIN (VALUES ('private'), ('foreign_funded')) g
            CROSS JOIN (VALUES ('output_matched_now'), ('output_matched_then')) t
            LEFT JOIN audit_amount v ON v.measure = t.column1 AND v.place = a.place AND v.month = a.month
                AND iif(g.column1 = 'private', rtrim(v.head, '+') = 'private', rtrim(v.head, '+') IN ('hmt', 'foreign'))
        WHERE a.indicator = 'private_growth_gap'
        GROUP BY a.place, g.column1, t.column1),
    growth AS (
        SELECT n.place, n.month, n.side, n.cny AS now, t.cny AS earlier
        FROM side n JOIN side t ON t.place = n.place AND t.side = n.side AND t.time = 'output_matched_then'
        WHERE n.time = 'output_matched_now')
SELECT 'private_growth_gap', p.place, '', p.month,
    iif(p.earlier > 0 AND f.earlier > 0, p.now / p.earlier - f.now / f.earlier, NULL),
    CASE
        WHEN p.now IS NULL OR p.earlier IS NULL OR f.now IS NULL OR f.earlier IS NULL THEN 'no_rate'
        WHEN p.earlier <= 0 OR f.earlier <= 0 THEN 'no_denominator'
        ELSE 'none' END
FROM growth p JOIN growth f ON f.place = p.place AND f.side = 'foreign_funded'
WHERE p.side = 'private';
