-- Size and structure.

INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month,
    iif(count(v.head) = count(iif(i.usd, v.usd, v.cny)), total(iif(i.usd, v.usd, v.cny)), NULL), 1
FROM (SELECT column1 AS indicator, column2 AS measure, column3 AS usd FROM (VALUES
        ('output_cny', 'output', 0), ('export_cny', 'export', 0), ('employment_persons', 'employment', 0), ('fdi_utilised_usd', 'fdi', 1))) i
    CROSS JOIN audit_asked a ON a.indicator = i.indicator
    LEFT JOIN audit_amount v ON v.measure = i.measure AND v.place = a.place AND v.month = a.month
GROUP BY a.indicator, a.place;

INSERT INTO audit_figure
SELECT a.indicator, a.place, 'ownership=' || o.column1, a.month, total(s.amount), 'none'
FROM audit_asked a
    CROSS JOIN (VALUES ('state'), ('collective'), ('private'), ('other_domestic'), ('hmt'), ('foreign')) o
    LEFT JOIN audit_stock s ON s.measure = 'active' AND s.place = a.place AND s.month = a.month AND rtrim(s.head, '+') = o.column1
WHERE a.indicator = 'enterprises'
GROUP BY a.place, o.column1;

-- Twelve months' output by the mean of twelve stocks.
INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month,
    (SELECT iif(count(*) = count(cny), total(cny), NULL) FROM audit_window w
     WHERE w.measure = 'output' AND w.place = a.place AND w.month = a.month),
    (SELECT total(cny) / 12 FROM audit_window w WHERE w.measure = 'employment' AND w.place = a.place AND w.month = a.month)
FROM audit_asked a WHERE a.indicator = 'labour_productivity_cny';

INSERT INTO audit_quotient
SELECT a.indicator, a.place, '', a.month,
    (SELECT iif(count(*) = count(cny), total(cny), NULL) FROM audit_window w
     WHERE w.measure = 'export' AND w.place = a.place AND w.month = a.month),
    (SELECT iif(count(*) = count(cny), total(cny), NULL) FROM audit_window w
     WHERE w.measure = 'output' AND w.place = a.place AND w.month = a.month)
FROM audit_asked a WHERE a.indicator = 'export_intensity';

-- Of money twelve months, of enterprises and persons what there is in the month.
INSERT INTO audit_quotient
WITH operand (name, place, month, kind, value) AS (
    SELECT 'enterprises', place, month, head, amount FROM audit_stock WHERE measure = 'active'
    UNION ALL SELECT 'employment', place, month, head, cny FROM audit_amount WHERE measure = 'employment'
    UNION ALL SELECT 'output', place, month, head, cny FROM audit_window WHERE measure = 'output'
    UNION ALL SELECT 'exports', place, month, head, cny FROM audit_window WHERE measure = 'export')
SELECT a.indicator, a.place, 'attribute=' || t.column1 || ',measure=' || n.column1, a.month,
    iif(count(o.kind) = count(o.value), total(iif(rtrim(o.kind, '+') IN ('hmt', 'foreign'), o.value, 0)), NULL),
    iif(count(o.kind) = count(o.value), total(o.value), NULL)
FROM audit_asked a
    CROSS JOIN (VALUES ('all'), ('hi_tech')) t
    CROSS JOIN (VALUES ('enterprises'), ('employment'), ('output'), ('exports')) n
    LEFT JOIN operand o ON o.name = n.column1 AND o.place = a.place AND o.month = a.month AND (t.column1 = 'all' OR o.kind LIKE '%+')
WHERE a.indicator = 'foreign_share'
GROUP BY a.place, t.column1, n.column1;

INSERT INTO audit_quotient
SELECT a.indicator, a.place, 'by=' || b.column1, a.month, total(iif(v.head = 'small', v.plain, 0)), total(v.plain)
FROM audit_asked a
    CROSS JOIN (VALUES ('count', 'size_count'), ('employment', 'size_employment')) b
    LEFT JOIN audit_amount v ON v.measure = b.column2 AND v.place = a.place AND v.month = a.month
WHERE a.indicator = 'sme_share'
GROUP BY a.place, b.column1;

-- Shares of industries, of those that have any employment.
INSERT INTO audit_figure
WITH
    persons AS (
        SELECT a.place, a.month, s.industry, total(t.recomputed) AS persons
        FROM audit_asked a
            CROSS JOIN audit_series s ON s.measure = 'employment' AND s.industry <> ''
            CROSS JOIN audit_truth t ON t.series = s.no AND t.place = a.place AND t.month = a.month
        WHERE a.indicator = 'industry_hhi'
        GROUP BY a.place, s.industry),
    share AS (SELECT place, persons / sum(persons) OVER (PARTITION BY place) AS share FROM persons WHERE persons > 0)
SELECT a.indicator, a.place, '', a.month, sum(s.share * s.share), iif(count(s.share) = 0, 'no_denominator', 'none')
FROM audit_asked a LEFT JOIN share s ON s.place = a.place
WHERE a.indicator = 'industry_hhi'
GROUP BY a.place;
