-- Figures that need all regions of a level: stars, recognised clusters, what lies in them, and how industries are spread.

CREATE TEMP TABLE audit_region (place INTEGER PRIMARY KEY, nation INTEGER NOT NULL, level TEXT NOT NULL);

INSERT INTO audit_region
SELECT q.place, q.other, r.level
FROM audit_peer q JOIN audit_place p ON p.no = q.place JOIN region r ON p.name = 'regions/' || r.code
WHERE q.peer = 'standings';

-- Persons by month and industry; industry '' is all of them.
CREATE TEMP TABLE audit_persons (
    place INTEGER NOT NULL, month INTEGER NOT NULL, industry TEXT NOT NULL, persons INTEGER NOT NULL,
    PRIMARY KEY (place, month, industry)
) WITHOUT ROWID;

INSERT INTO audit_persons
SELECT t.place, t.month, s.industry, sum(t.recomputed)
FROM audit_series s CROSS JOIN audit_truth t ON t.series = s.no CROSS JOIN audit_region r ON r.place = t.place
WHERE s.measure = 'employment'
GROUP BY t.place, t.month, s.industry HAVING sum(t.recomputed) > 0;

-- Regions that have an active enterprise in a month.
CREATE TEMP TABLE audit_populated (place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, month)) WITHOUT ROWID;

INSERT INTO audit_populated
SELECT r.place, m.month
FROM audit_region r CROSS JOIN (SELECT DISTINCT month FROM audit_persons) m
WHERE (SELECT sum(f.every) FROM audit_firms f WHERE f.place = r.place AND f.month <= m.month) > 0;

-- Among the first tenth is who has fewer than a tenth of the regions, rounded up, before it.
CREATE TEMP TABLE audit_star (
    place INTEGER NOT NULL, industry TEXT NOT NULL, month INTEGER NOT NULL, stars INTEGER NOT NULL,
    PRIMARY KEY (place, industry, month)
) WITHOUT ROWID;

INSERT INTO audit_star
WITH
    rival AS (
        SELECT r.place, r.nation, r.level, e.month, e.industry, e.persons, w.persons AS every,
            rank() OVER (PARTITION BY r.nation, r.level, e.month, e.industry ORDER BY e.persons DESC) AS by_size,
            rank() OVER (PARTITION BY r.nation, r.level, e.month, e.industry ORDER BY 1.0 * e.persons / w.persons DESC) AS by_focus
        FROM audit_region r
            JOIN audit_persons e ON e.place = r.place AND e.industry <> ''
            JOIN audit_persons w ON w.place = e.place AND w.month = e.month AND w.industry = ''
        WHERE r.level <> 'nation'),
    tenth AS (
        SELECT r.nation, r.level, q.month, (count(*) + 9) / 10 AS places
        FROM audit_populated q JOIN audit_region r ON r.place = q.place GROUP BY r.nation, r.level, q.month)
SELECT v.place, v.industry, v.month,
    iif(v.persons < 1000, 0,
        (v.by_size <= t.places) + (v.by_focus <= t.places) + (v.persons * a.persons >= 2 * i.persons * v.every))
FROM rival v
    JOIN tenth t ON t.nation = v.nation AND t.level = v.level AND t.month = v.month
    JOIN audit_persons i ON i.place = v.nation AND i.month = v.month AND i.industry = v.industry
    JOIN audit_persons a ON a.place = v.nation AND a.month = v.month AND a.industry = '';

-- Months that a region and its nation have complete.
CREATE TEMP TABLE audit_judged (place INTEGER NOT NULL, no INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, no)) WITHOUT ROWID;

INSERT INTO audit_judged
SELECT r.place, row_number() OVER (PARTITION BY r.place ORDER BY c.month), c.month
FROM audit_region r
    JOIN audit_coverage c ON c.place = r.place AND c.feed = 'employment' AND c.complete
    JOIN audit_coverage n ON n.place = r.nation AND n.feed = 'employment' AND n.complete AND n.month = c.month;

-- Recognised is who has last been up three months running later than down six.
CREATE TEMP TABLE audit_recognised (
    place INTEGER NOT NULL, month INTEGER NOT NULL, industry TEXT NOT NULL, recognised INTEGER NOT NULL,
    PRIMARY KEY (place, month, industry)
) WITHOUT ROWID;

INSERT INTO audit_recognised
WITH
    candidate AS (SELECT DISTINCT place, industry FROM audit_star WHERE stars >= 2),
    looked AS (
        SELECT c.place, c.industry, j.no, j.month, coalesce(s.stars, 0) >= 2 AS up
        FROM candidate c
            JOIN audit_judged j ON j.place = c.place
            LEFT JOIN audit_star s ON s.place = c.place AND s.industry = c.industry AND s.month = j.month),
    turned AS (
        SELECT *, sum(up) OVER (PARTITION BY place, industry ORDER BY no ROWS 2 PRECEDING) = 3 AS is_on,
            no >= 6 AND sum(up) OVER (PARTITION BY place, industry ORDER BY no ROWS 5 PRECEDING) = 0 AS is_off
        FROM looked)
SELECT place, month, industry,
    coalesce(max(iif(is_on, no, NULL)) OVER earlier, 0) > coalesce(max(iif(is_off, no, NULL)) OVER earlier, 0)
FROM turned WINDOW earlier AS (PARTITION BY place, industry ORDER BY no);

-- For which month each place is asked for its clusters, and the last complete one up to it.
CREATE TEMP TABLE audit_recognition (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, at INTEGER NOT NULL, known INTEGER NOT NULL,
    PRIMARY KEY (indicator, place)
) WITHOUT ROWID;

INSERT INTO audit_recognition
WITH asked AS (
    SELECT a.indicator, a.place, a.month, a.month - iif(a.indicator = 'fdi_into_clusters_ratio', 12, 0) AS at
    FROM audit_asked a JOIN audit_region r ON r.place = a.place
    WHERE a.indicator IN ('clusters', 'clustered_share', 'fdi_into_clusters_ratio'))
SELECT indicator, place, month, at, (SELECT count(*) FROM audit_judged j WHERE j.place = asked.place AND j.month <= asked.at) >= 3
FROM asked;

-- Whose clusters these are: of a nation those of its prefectures, of a province too where shares are asked for.
CREATE TEMP TABLE audit_inside (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, owner INTEGER NOT NULL, industry TEXT NOT NULL,
    PRIMARY KEY (indicator, place, owner, industry)
) WITHOUT ROWID;

INSERT INTO audit_inside
WITH owner AS (
    SELECT q.*, q.place AS owner
    FROM audit_recognition q JOIN audit_region r ON r.place = q.place
    WHERE r.level IN ('prefecture', 'county') OR (r.level = 'province' AND q.indicator = 'clusters')
    UNION ALL
    SELECT q.*, o.place
    FROM audit_recognition q
        JOIN audit_region r ON r.place = q.place
        JOIN audit_path h ON h.place = q.place
        JOIN audit_region o ON o.place = h.leaf AND o.level = 'prefecture'
    WHERE r.level = 'nation' OR (r.level = 'province' AND q.indicator <> 'clusters'))
SELECT o.indicator, o.place, o.owner, c.industry
FROM owner o
    JOIN audit_recognised c ON c.place = o.owner AND c.recognised
        AND c.month = (SELECT max(j.month) FROM audit_judged j WHERE j.place = o.owner AND j.month <= o.at);

INSERT INTO audit_figure
SELECT 'cluster_stars', a.place, 'industry=' || i.industry, a.month, coalesce(s.stars, 0), 'none'
FROM audit_asked a
    JOIN audit_region r ON r.place = a.place AND r.level <> 'nation'
    JOIN (SELECT place, month, industry FROM audit_star UNION SELECT place, month, industry FROM audit_recognised WHERE recognised) i
        ON i.place = a.place AND i.month = a.month
    LEFT JOIN audit_star s ON s.place = a.place AND s.industry = i.industry AND s.month = a.month
WHERE a.indicator = 'cluster_stars';

INSERT INTO audit_figure
SELECT q.indicator, q.place, '', q.month,
    iif(q.known, (SELECT count(*) FROM audit_inside i WHERE i.indicator = q.indicator AND i.place = q.place), NULL),
    iif(q.known, 'none', 'not_applicable')
FROM audit_recognition q WHERE q.indicator = 'clusters';

-- What lies in clusters. NULL where a rate is missing.
CREATE TEMP TABLE audit_clustered (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, measure TEXT NOT NULL, cny REAL, usd REAL,
    PRIMARY KEY (indicator, place, measure)
) WITHOUT ROWID;

INSERT INTO audit_clustered
WITH converted AS (
    SELECT q.indicator, q.place, s.measure,
        iif(s.currency IN ('', 'CNY'), 1.0, c.rate) * t.recomputed / units(s.currency) AS cny,
        iif(s.currency IN ('', 'USD'), 1.0, u.rate) * t.recomputed / units(s.currency) AS usd
    FROM audit_recognition q
        JOIN audit_inside i ON i.indicator = q.indicator AND i.place = q.place
        JOIN audit_series s ON substr(s.industry, 1, iif(s.industry GLOB 'NACE*', 6, 2)) = i.industry
            AND s.measure IN ('output', 'export', 'employment', 'fdi_by_industry')
        JOIN audit_truth t ON t.series = s.no AND t.place = i.owner AND t.recomputed <> 0
            AND t.month BETWEEN q.month - iif(s.measure = 'employment', 0, 11) AND q.month
        LEFT JOIN audit_rate c ON c.currency = s.currency AND c.target = 'CNY' AND c.month = t.month
        LEFT JOIN audit_rate u ON u.currency = s.currency AND u.target = 'USD' AND u.month = t.month)
SELECT indicator, place, measure,
    iif(count(*) = count(cny), total(cny), NULL), iif(count(*) = count(usd), total(usd), NULL)
FROM converted GROUP BY indicator, place, measure;

INSERT INTO audit_figure
WITH
    every AS (
        SELECT q.place, q.known, q.month, k.column1 AS name, k.column2 AS measure,
            (SELECT iif(count(*) = count(v.cny), total(v.cny), NULL) FROM audit_amount v
             WHERE v.measure = k.column2 AND v.place = q.place
                AND v.month BETWEEN q.month - iif(k.column2 = 'employment', 0, 11) AND q.month) AS value
        FROM audit_recognition q
            JOIN audit_region r ON r.place = q.place AND r.level IN ('nation', 'province')
            CROSS JOIN (VALUES ('output', 'output'), ('exports', 'export'), ('employment', 'employment')) k
        WHERE q.indicator = 'clustered_share'),
    two AS (
        SELECT e.*, iif(c.place IS NULL, 0, c.cny) AS inside
        FROM every e LEFT JOIN audit_clustered c ON c.indicator = 'clustered_share' AND c.place = e.place AND c.measure = e.measure)
SELECT 'clustered_share', place, 'measure=' || name, month, iif(known AND value <> 0, inside / value, NULL),
    CASE
        WHEN NOT known THEN 'not_applicable' WHEN inside IS NULL OR value IS NULL THEN 'no_rate'
        WHEN value = 0 THEN 'no_denominator' ELSE 'none' END
FROM two;

INSERT INTO audit_figure
WITH two AS (
    SELECT q.place, q.month, q.known, iif(c.place IS NULL, 0, c.usd) AS inside,
        (SELECT iif(count(*) = count(v.usd), total(v.usd), NULL) FROM audit_amount v
         WHERE v.measure = 'fdi' AND v.place = q.place AND v.month BETWEEN q.month - 11 AND q.month) AS value
    FROM audit_recognition q
        LEFT JOIN audit_clustered c ON c.indicator = q.indicator AND c.place = q.place AND c.measure = 'fdi_by_industry'
    WHERE q.indicator = 'fdi_into_clusters_ratio')
SELECT 'fdi_into_clusters_ratio', place, '', month, iif(known AND value > 0, inside / value, NULL),
    CASE
        WHEN NOT known THEN 'not_applicable' WHEN inside IS NULL OR value IS NULL THEN 'no_rate'
        WHEN value <= 0 THEN 'no_denominator' ELSE 'none' END
FROM two;

-- Ellison and Glaeser, with G written out: the squares of what industries have, less what all have.
INSERT INTO audit_figure
WITH
    upper AS (
        SELECT a.place, a.month
        FROM audit_asked a JOIN audit_region r ON r.place = a.place AND r.level IN ('nation', 'province')
        WHERE a.indicator = 'ellison_glaeser_gamma'),
    prefecture AS (
        SELECT u.place, u.month, o.place AS prefecture, coalesce(w.persons, 0) AS persons,
            EXISTS (SELECT 1 FROM audit_populated q WHERE q.place = o.place AND q.month = u.month) AS populated
        FROM upper u
            JOIN audit_path h ON h.place = u.place
            JOIN audit_region o ON o.place = h.leaf AND o.level = 'prefecture'
            LEFT JOIN audit_persons w ON w.place = o.place AND w.month = u.month AND w.industry = ''),
    x AS (SELECT *, 1.0 * persons / sum(persons) OVER (PARTITION BY place) AS x FROM prefecture),
    every AS (SELECT place, month, sum(populated) AS populated, sum(x * x) AS squares FROM x GROUP BY place, month HAVING sum(persons) > 0),
    s AS (
        SELECT x.place, e.industry, x.x, 1.0 * e.persons / sum(e.persons) OVER (PARTITION BY x.place, e.industry) AS s
        FROM x JOIN audit_persons e ON e.place = x.prefecture AND e.month = x.month AND e.industry <> ''),
    g AS (SELECT s.place, s.industry, sum(s.s * s.s) - 2 * sum(s.s * s.x) AS g FROM s GROUP BY s.place, s.industry),
    square AS (
        SELECT u.place, z.industry, sum(iif(z.dimension = 'high', t.recomputed << 32, t.recomputed)) AS squares
        FROM upper u
            CROSS JOIN audit_series z ON z.measure = 'employment_square'
            CROSS JOIN audit_truth t ON t.series = z.no AND t.place = u.place AND t.month = u.month
        GROUP BY u.place, z.industry),
    parts AS (
        SELECT e.place, e.month, e.populated, e.squares, p.industry, p.persons, coalesce(q.squares, 0) AS own, g.g + e.squares AS g
        FROM every e
            JOIN audit_persons p ON p.place = e.place AND p.month = e.month AND p.industry <> ''
            LEFT JOIN square q ON q.place = e.place AND q.industry = p.industry
            LEFT JOIN g ON g.place = e.place AND g.industry = p.industry),
    said AS (
        SELECT *, 1.0 * own / persons / persons AS h,
            CASE
                WHEN populated < 2 THEN 'not_applicable'
                WHEN g IS NULL OR own = persons * persons OR squares >= 1 THEN 'no_denominator' ELSE 'none' END AS reason
        FROM parts)
SELECT 'ellison_glaeser_gamma', place, 'industry=' || industry, month,
    iif(reason = 'none', (g / (1 - squares) - h) / (1 - h), NULL), reason
FROM said;
