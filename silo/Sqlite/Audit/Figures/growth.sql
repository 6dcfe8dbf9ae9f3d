-- Growth. Comparable: of those that reported both months, which the cells of matched values hold.

CREATE TEMP TABLE audit_growth (
    place INTEGER NOT NULL, month INTEGER NOT NULL, feed TEXT NOT NULL, span INTEGER NOT NULL, now REAL, earlier REAL,
    PRIMARY KEY (place, month, feed, span)
) WITHOUT ROWID;

INSERT INTO audit_growth
SELECT c.place, c.month, c.feed, k.column1,
    (SELECT iif(count(*) = count(iif(c.feed = 'fdi', usd, cny)), total(iif(c.feed = 'fdi', usd, cny)), NULL)
     FROM audit_amount v WHERE v.measure = 'matched_now' AND v.place = c.place AND v.month = c.month AND v.head = c.feed || '|' || k.column1),
    (SELECT iif(count(*) = count(iif(c.feed = 'fdi', usd, cny)), total(iif(c.feed = 'fdi', usd, cny)), NULL)
     FROM audit_amount v WHERE v.measure = 'matched_then' AND v.place = c.place AND v.month = c.month AND v.head = c.feed || '|' || k.column1)
FROM (
        SELECT place, month, feed FROM audit_coverage WHERE complete AND feed <> 'linkage'
        UNION
        SELECT a.place, a.month, f.column1
        FROM audit_asked a CROSS JOIN (VALUES ('output'), ('export'), ('employment'), ('fdi')) f WHERE a.indicator IN ('growth_ratio', 'change_suspect_ratio')) c
    CROSS JOIN (VALUES (1), (12)) k;

-- All: the sums as they are.
CREATE TEMP TABLE audit_growth_of_all (
    place INTEGER NOT NULL, month INTEGER NOT NULL, feed TEXT NOT NULL, span INTEGER NOT NULL, based INTEGER NOT NULL, now REAL, earlier REAL);

INSERT INTO audit_growth_of_all
SELECT a.place, a.month, f.column1, k.column1,
    EXISTS (SELECT 1 FROM audit_coverage c
        WHERE c.place = a.place AND c.feed = f.column1 AND c.month = a.month - k.column1 AND c.complete),
    (SELECT iif(count(*) = count(iif(f.column1 = 'fdi', usd, cny)), total(iif(f.column1 = 'fdi', usd, cny)), NULL)
     FROM audit_amount v WHERE v.measure = f.column1 AND v.place = a.place AND v.month = a.month),
    (SELECT iif(count(*) = count(iif(f.column1 = 'fdi', usd, cny)), total(iif(f.column1 = 'fdi', usd, cny)), NULL)
     FROM audit_amount v WHERE v.measure = f.column1 AND v.place = a.place AND v.month = a.month - k.column1)
FROM audit_asked a CROSS JOIN (VALUES ('output'), ('export'), ('employment'), ('fdi')) f CROSS JOIN (VALUES (1), (12)) k
WHERE a.indicator = 'growth_ratio';

-- A base that is not positive has no growth rate.
INSERT INTO audit_figure
SELECT a.indicator, a.place, 'basis=comparable,measure=' || g.feed || ',span=' || g.span, a.month,
    iif(g.earlier > 0, g.now / g.earlier - 1, NULL),
    CASE WHEN g.now IS NULL OR g.earlier IS NULL THEN 'no_rate' WHEN g.earlier <= 0 THEN 'no_denominator' ELSE 'none' END
FROM audit_asked a JOIN audit_growth g ON g.place = a.place AND g.month = a.month
WHERE a.indicator = 'growth_ratio'
UNION ALL
SELECT 'growth_ratio', place, 'basis=all,measure=' || feed || ',span=' || span, month,
    iif(based AND earlier > 0, now / earlier - 1, NULL),
    CASE
        WHEN NOT based THEN 'incomplete' WHEN now IS NULL OR earlier IS NULL THEN 'no_rate'
        WHEN earlier <= 0 THEN 'no_denominator' ELSE 'none' END
FROM audit_growth_of_all;

-- Sample standard deviation of what is known of three years, from twelve growth rates on.
INSERT INTO audit_figure
WITH
    rate AS (
        SELECT a.place, a.month, g.now / g.earlier - 1 AS growth
        FROM audit_asked a
            JOIN audit_growth g ON g.place = a.place AND g.month BETWEEN a.month - 35 AND a.month AND g.feed = 'output' AND g.span = 12
            JOIN audit_coverage c ON c.place = g.place AND c.feed = 'output' AND c.month = g.month AND c.complete
        WHERE a.indicator = 'growth_volatility' AND g.earlier > 0 AND g.now IS NOT NULL),
    mean AS (SELECT place, count(*) AS rates, avg(growth) AS mean FROM rate GROUP BY place HAVING count(*) >= 12),
    deviation AS (
        SELECT r.place, sqrt(sum((r.growth - m.mean) * (r.growth - m.mean)) / (m.rates - 1)) AS deviation
        FROM rate r JOIN mean m ON m.place = r.place GROUP BY r.place)
SELECT a.indicator, a.place, '', a.month, d.deviation, iif(d.deviation IS NULL, 'not_applicable', 'none')
FROM audit_asked a LEFT JOIN deviation d ON d.place = a.place
WHERE a.indicator = 'growth_volatility';

-- What those hold of the change whose report of either month is suspect: nothing where they pull the other way, all where they outweigh the rest.
INSERT INTO audit_figure
WITH change AS (
    SELECT a.indicator, a.place, a.month, f.column2 AS sum, g.now - g.earlier AS every,
        (SELECT iif(count(*) = count(cny), total(iif(v.measure = 'suspect_now', cny, -cny)), NULL)
         FROM audit_amount v
         WHERE v.measure IN ('suspect_now', 'suspect_then') AND v.place = a.place AND v.month = a.month AND v.head = f.column1 || '|12') AS suspect
    FROM audit_asked a
        CROSS JOIN (VALUES ('output', 'output_cny'), ('export', 'export_cny'), ('employment', 'employment_persons')) f
        JOIN audit_growth g ON g.place = a.place AND g.month = a.month AND g.feed = f.column1 AND g.span = 12
    WHERE a.indicator = 'change_suspect_ratio')
SELECT indicator, place, 'indicator=' || sum, month,
    CASE WHEN every <> 0 THEN min(1.0, max(0.0, suspect / every)) END,
    CASE WHEN every IS NULL OR suspect IS NULL THEN 'no_rate' WHEN every = 0 THEN 'no_denominator' ELSE 'none' END
FROM change;
