-- Shifts of shares of FDI among declared rivals.

-- Each region with the regions of its set, itself among them; NULL where nothing is known of one. A region in two sets is in the first.
-- Nothing is compared unless all places are audited.
CREATE TEMP TABLE audit_rival (place INTEGER NOT NULL, rivals TEXT NOT NULL, other INTEGER);

INSERT INTO audit_rival
WITH
    held AS (
        SELECT s.id, s.regions FROM rival_set s
        WHERE NOT s.deleted AND NOT EXISTS (SELECT 1 FROM rival_set n WHERE n.id = s.id AND n.version > s.version)),
    member AS (SELECT held.id, region.value AS region FROM held, json_each(held.regions) region),
    home AS (SELECT region, min(id) AS id FROM member GROUP BY region)
SELECT p.no, h.id, o.no
FROM home h
    JOIN audit_place p ON p.name = 'regions/' || h.region
    JOIN member m ON m.id = h.id
    LEFT JOIN audit_place o ON o.name = 'regions/' || m.region
WHERE NOT EXISTS (SELECT 1 FROM audit_place WHERE NOT wanted);

-- The month that all of them have complete: at most eleven months before the newest that the place has by itself.
CREATE TEMP TABLE audit_rivalry (place INTEGER PRIMARY KEY, rivals TEXT NOT NULL, month INTEGER NOT NULL);

INSERT INTO audit_rivalry
WITH
    complete AS (SELECT place, month, bound FROM audit_candidate WHERE indicator = 'fdi_share_change'),
    own AS (SELECT place, max(month) AS month FROM complete WHERE month BETWEEN bound - 11 AND bound GROUP BY place)
SELECT c.place, (SELECT min(r.rivals) FROM audit_rival r WHERE r.place = c.place), max(c.month)
FROM own o JOIN complete c ON c.place = o.place AND c.month BETWEEN o.month - 11 AND o.month
WHERE c.place IN (SELECT place FROM audit_rival)
    AND NOT EXISTS (
        SELECT 1 FROM audit_rival r
        WHERE r.place = c.place AND NOT EXISTS (SELECT 1 FROM complete e WHERE e.place = r.other AND e.month = c.month))
GROUP BY c.place;

-- What each set looks at; '': all.
CREATE TEMP TABLE audit_slice (rivals TEXT NOT NULL, source TEXT NOT NULL, industry TEXT NOT NULL, PRIMARY KEY (rivals, source, industry)) WITHOUT ROWID;

INSERT INTO audit_slice
WITH
    held AS (
        SELECT s.* FROM rival_set s
        WHERE NOT s.deleted AND NOT EXISTS (SELECT 1 FROM rival_set n WHERE n.id = s.id AND n.version > s.version)),
    source AS (SELECT id, '' AS code FROM held UNION SELECT held.id, s.value FROM held, json_each(held.sources) s),
    industry AS (SELECT id, '' AS code FROM held UNION SELECT held.id, i.value FROM held, json_each(held.industries) i)
SELECT s.id, s.code, i.code FROM source s JOIN industry i ON i.id = s.id;

-- FDI month by month, in dollars, NULL where a rate is missing; industry '' is all of them.
CREATE TEMP TABLE audit_invested (place INTEGER NOT NULL, month INTEGER NOT NULL, source TEXT NOT NULL, industry TEXT NOT NULL, usd REAL);

INSERT INTO audit_invested
SELECT t.place, t.month, s.head, s.industry, iif(s.currency = 'USD', 1.0, r.rate) * t.recomputed / units(s.currency)
FROM audit_series s
    CROSS JOIN audit_truth t ON t.series = s.no AND t.recomputed <> 0
    LEFT JOIN audit_rate r ON r.currency = s.currency AND r.target = 'USD' AND r.month = t.month
WHERE s.measure IN ('fdi', 'fdi_by_industry') AND t.place IN (SELECT other FROM audit_rival);

CREATE INDEX temp.audit_invested_place ON audit_invested (place, month);

-- Sums of the twelve months that end with each month that is looked at.
CREATE TEMP TABLE audit_twelve (
    place INTEGER NOT NULL, month INTEGER NOT NULL, source TEXT NOT NULL, industry TEXT NOT NULL, usd REAL,
    PRIMARY KEY (place, month, source, industry)
) WITHOUT ROWID;

INSERT INTO audit_twelve
WITH RECURSIVE
    step (back) AS (SELECT 0 UNION ALL SELECT back + 1 FROM step WHERE back < 23),
    looked AS (
        SELECT DISTINCT r.other AS place, y.month - s.back AS month, l.source, l.industry
        FROM audit_rivalry y JOIN audit_rival r ON r.place = y.place JOIN audit_slice l ON l.rivals = y.rivals CROSS JOIN step s)
SELECT k.place, k.month, k.source, k.industry,
    (SELECT iif(count(*) = count(v.usd), total(v.usd), NULL) FROM audit_invested v
     WHERE v.place = k.place AND v.month BETWEEN k.month - 11 AND k.month
        AND (k.source = '' OR v.source = k.source)
        AND iif(k.industry = '', v.industry = '', substr(v.industry, 1, length(k.industry)) = k.industry))
FROM looked k;

-- As of each of the last twelve months.
CREATE TEMP TABLE audit_rival_shift (
    place INTEGER NOT NULL, labels TEXT NOT NULL, month INTEGER NOT NULL, back INTEGER NOT NULL, value REAL, reason TEXT NOT NULL,
    complete INTEGER NOT NULL,
    PRIMARY KEY (place, labels, back)
) WITHOUT ROWID;

INSERT INTO audit_rival_shift
WITH RECURSIVE
    step (back) AS (SELECT 0 UNION ALL SELECT back + 1 FROM step WHERE back < 11),
    asked AS (
        SELECT y.place, y.month, s.back, y.month - s.back AS at, l.source, l.industry
        FROM audit_rivalry y JOIN audit_slice l ON l.rivals = y.rivals CROSS JOIN step s),
    sums AS (
        SELECT *,
            (SELECT t.usd FROM audit_twelve t WHERE t.place = a.place AND t.month = a.at AND t.source = a.source AND t.industry = a.industry) AS now,
            (SELECT t.usd FROM audit_twelve t WHERE t.place = a.place AND t.month = a.at - 12 AND t.source = a.source AND t.industry = a.industry) AS earlier,
            (SELECT iif(count(*) = count(t.usd), total(t.usd), NULL) FROM audit_rival r
                JOIN audit_twelve t ON t.place = r.other AND t.month = a.at AND t.source = a.source AND t.industry = a.industry
             WHERE r.place = a.place) AS every_now,
            (SELECT iif(count(*) = count(t.usd), total(t.usd), NULL) FROM audit_rival r
                JOIN audit_twelve t ON t.place = r.other AND t.month = a.at - 12 AND t.source = a.source AND t.industry = a.industry
             WHERE r.place = a.place) AS every_earlier
        FROM asked a),
    -- Whether each rival reported in the first month that is compared, or had nobody who had to.
    began AS (
        SELECT a.place, a.at, r.other,
            EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = r.other AND c.feed = 'fdi' AND c.month = a.at - 23) AS reported,
            coalesce((SELECT sum(f.foreign_funded) FROM audit_firms f WHERE f.place = r.other AND f.month <= a.at - 23), 0) AS expected
        FROM (SELECT DISTINCT place, at FROM asked) a JOIN audit_rival r ON r.place = a.place),
    goes AS (SELECT place, at, max(reported) AND NOT max(NOT reported AND expected > 0) AS back FROM began GROUP BY place, at)
SELECT s.place, 'among=rivals' || iif(industry = '', '', ',industry=' || industry) || iif(source = '', '', ',source=' || source),
    month, s.back, iif(every_now > 0 AND every_earlier > 0, now / every_now - earlier / every_earlier, NULL),
    CASE
        WHEN NOT g.back THEN 'not_applicable'
        WHEN now IS NULL OR every_now IS NULL OR earlier IS NULL OR every_earlier IS NULL THEN 'no_rate'
        WHEN every_now <= 0 OR every_earlier <= 0 THEN 'no_denominator' ELSE 'none' END,
    NOT EXISTS (
        SELECT 1 FROM audit_rival r
        WHERE r.place = s.place AND EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = r.other AND c.feed = 'fdi')
            AND NOT EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = r.other AND c.feed = 'fdi' AND c.month = s.at AND c.complete))
FROM sums s JOIN goes g ON g.place = s.place AND g.at = s.at;

INSERT INTO audit_figure
SELECT 'fdi_share_change', place, labels, month, iif(reason = 'none', value, NULL), reason FROM audit_rival_shift WHERE back = 0;

-- Up to the first month that did not lose, or of which nothing can be said.
INSERT INTO audit_figure
SELECT 'fdi_share_losing_periods', s.place, s.labels, s.month,
    iif(s.reason = 'none',
        coalesce((SELECT min(b.back) FROM audit_rival_shift b
                  WHERE b.place = s.place AND b.labels = s.labels AND NOT (b.complete AND b.reason = 'none' AND b.value < 0)), 12), NULL),
    s.reason
FROM audit_rival_shift s WHERE s.back = 0;
