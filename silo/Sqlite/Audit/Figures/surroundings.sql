-- Figures that compare a place with its nation or with the region above it.

-- What places and their nations have of each industry; industry '' is all of them.
CREATE TEMP TABLE audit_look (place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, month)) WITHOUT ROWID;

INSERT INTO audit_look
WITH asked AS (
    SELECT place, month FROM audit_asked WHERE indicator IN ('location_quotient', 'krugman_specialisation', 'shift_share_persons')
    UNION SELECT place, month - 12 FROM audit_asked WHERE indicator = 'shift_share_persons')
SELECT place, month FROM asked
UNION SELECT p.other, a.month FROM asked a JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place;

-- NULL where a rate is missing.
CREATE TEMP TABLE audit_division (
    measure TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, industry TEXT NOT NULL, value REAL,
    PRIMARY KEY (measure, place, month, industry)
) WITHOUT ROWID;

INSERT INTO audit_division
SELECT 'employment', l.place, l.month, s.industry, total(t.recomputed)
FROM audit_series s
    CROSS JOIN audit_truth t ON t.series = s.no
    CROSS JOIN audit_look l ON l.place = t.place AND l.month = t.month
WHERE s.measure = 'employment'
GROUP BY l.place, l.month, s.industry;

INSERT INTO audit_division
WITH converted AS (
    SELECT l.place, l.month, s.industry, iif(s.currency IN ('', 'CNY'), 1.0, r.rate) * t.recomputed / units(s.currency) AS cny
    FROM audit_series s
        CROSS JOIN audit_truth t ON t.series = s.no AND t.recomputed <> 0
        CROSS JOIN audit_look l ON l.place = t.place AND t.month BETWEEN l.month - 11 AND l.month
        LEFT JOIN audit_rate r ON r.currency = s.currency AND r.target = 'CNY' AND r.month = t.month
    WHERE s.measure = 'output')
SELECT 'output', place, month, industry, iif(count(*) = count(cny), total(cny), NULL)
FROM converted GROUP BY place, month, industry;

INSERT INTO audit_figure
WITH four AS (
    SELECT a.indicator, a.place, a.month, i.measure, i.industry, i.value AS here, w.value AS every,
        n.value AS there, coalesce(o.value, iif(o.place IS NULL, 0, NULL)) AS every_there
    FROM audit_asked a
        JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place
        JOIN audit_division i ON i.place = a.place AND i.month = a.month AND i.industry <> '' AND (i.value IS NULL OR i.value > 0)
        LEFT JOIN audit_division w ON w.measure = i.measure AND w.place = a.place AND w.month = a.month AND w.industry = ''
        LEFT JOIN audit_division n ON n.measure = i.measure AND n.place = p.other AND n.month = a.month AND n.industry = i.industry
        LEFT JOIN audit_division o ON o.measure = i.measure AND o.place = p.other AND o.month = a.month AND o.industry = ''
    WHERE a.indicator = 'location_quotient')
SELECT indicator, place, 'industry=' || industry || ',measure=' || measure, month,
    iif(every > 0 AND there > 0 AND every_there > 0, here / every / (there / every_there), NULL),
    CASE
        WHEN here IS NULL OR every IS NULL OR there IS NULL OR every_there IS NULL THEN 'no_rate'
        WHEN every <= 0 OR there <= 0 OR every_there <= 0 THEN 'no_denominator' ELSE 'none' END
FROM four;

-- The nation has every industry that a place has.
INSERT INTO audit_figure
WITH
    both AS (
        SELECT a.place, a.month, p.other,
            (SELECT value FROM audit_division d WHERE d.measure = 'employment' AND d.place = a.place AND d.month = a.month AND d.industry = '') AS here,
            (SELECT value FROM audit_division d WHERE d.measure = 'employment' AND d.place = p.other AND d.month = a.month AND d.industry = '') AS there
        FROM audit_asked a JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place
        WHERE a.indicator = 'krugman_specialisation'),
    distance AS (
        SELECT b.place, sum(abs(coalesce(h.value, 0) / b.here - n.value / b.there)) AS distance
        FROM both b
            JOIN audit_division n ON n.measure = 'employment' AND n.place = b.other AND n.month = b.month AND n.industry <> ''
            LEFT JOIN audit_division h ON h.measure = 'employment' AND h.place = b.place AND h.month = b.month AND h.industry = n.industry
        WHERE b.here > 0 AND b.there > 0
        GROUP BY b.place)
SELECT 'krugman_specialisation', b.place, '', b.month, d.distance, iif(d.place IS NULL, 'no_denominator', 'none')
FROM both b LEFT JOIN distance d ON d.place = b.place;

-- Industry by industry: what it would have become at the nation's pace, at its industry's pace, and what it became.
INSERT INTO audit_figure
WITH
    based AS (
        SELECT a.place, a.month, p.other,
            EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = a.place AND c.feed = 'employment' AND c.month = a.month - 12 AND c.complete)
            AND EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = p.other AND c.feed = 'employment' AND c.month = a.month - 12 AND c.complete)
            AS complete,
            (SELECT value FROM audit_division d WHERE d.measure = 'employment' AND d.place = p.other AND d.month = a.month AND d.industry = '')
            / (SELECT value FROM audit_division d
               WHERE d.measure = 'employment' AND d.place = p.other AND d.month = a.month - 12 AND d.industry = '' AND d.value > 0) - 1 AS growth
        FROM audit_asked a JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place
        WHERE a.indicator = 'shift_share_persons'),
    industry AS (
        SELECT DISTINCT b.place, b.month, b.other, b.growth, d.industry
        FROM based b JOIN audit_division d ON d.measure = 'employment' AND d.place = b.other AND d.month IN (b.month, b.month - 12) AND d.industry <> ''),
    moved AS (
        SELECT i.place, i.growth,
            coalesce((SELECT value FROM audit_division d WHERE d.measure = 'employment' AND d.place = i.place AND d.month = i.month - 12 AND d.industry = i.industry), 0) AS earlier,
            coalesce((SELECT value FROM audit_division d WHERE d.measure = 'employment' AND d.place = i.place AND d.month = i.month AND d.industry = i.industry), 0) AS later,
            coalesce((SELECT coalesce(now.value, 0) / was.value - 1
                      FROM audit_division was
                        LEFT JOIN audit_division now
                            ON now.measure = 'employment' AND now.place = i.other AND now.month = i.month AND now.industry = i.industry
                      WHERE was.measure = 'employment' AND was.place = i.other AND was.month = i.month - 12 AND was.industry = i.industry AND was.value > 0), 0) AS own
        FROM industry i),
    effect AS (
        SELECT place, sum(earlier * growth) AS national, sum(earlier * (own - growth)) AS mix, sum(later - earlier * (1 + own)) AS competitive
        FROM moved GROUP BY place)
SELECT 'shift_share_persons', b.place, 'effect=' || k.column1, b.month,
    CASE WHEN b.complete THEN CASE k.column1 WHEN 'national' THEN e.national WHEN 'mix' THEN e.mix ELSE e.competitive END END,
    CASE WHEN NOT b.complete THEN 'incomplete' WHEN b.growth IS NULL THEN 'no_denominator' ELSE 'none' END
FROM based b CROSS JOIN (VALUES ('national'), ('mix'), ('competitive')) k LEFT JOIN effect e ON e.place = b.place;

INSERT INTO audit_figure
WITH four AS (
    SELECT a.indicator, a.place, a.month,
        (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_window w WHERE w.measure = 'fdi' AND w.place = a.place AND w.month = a.month) AS fdi,
        (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_window w WHERE w.measure = 'fdi' AND w.place = p.other AND w.month = a.month) AS every_fdi,
        (SELECT iif(count(*) = count(cny), total(cny), NULL) FROM audit_window w WHERE w.measure = 'output' AND w.place = a.place AND w.month = a.month) AS output,
        (SELECT iif(count(*) = count(cny), total(cny), NULL) FROM audit_window w WHERE w.measure = 'output' AND w.place = p.other AND w.month = a.month) AS every_output
    FROM audit_asked a JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place
    WHERE a.indicator = 'fdi_performance_index')
SELECT indicator, place, '', month,
    iif(every_fdi > 0 AND output > 0 AND every_output > 0, fdi / every_fdi / (output / every_output), NULL),
    CASE
        WHEN fdi IS NULL OR every_fdi IS NULL OR output IS NULL OR every_output IS NULL THEN 'no_rate'
        WHEN every_fdi <= 0 OR output <= 0 OR every_output <= 0 THEN 'no_denominator' ELSE 'none' END
FROM four;

-- Shift of the share of the parent's FDI within twelve months, as of each of the last twelve months.
CREATE TEMP TABLE audit_shift (
    place INTEGER NOT NULL, month INTEGER NOT NULL, back INTEGER NOT NULL, value REAL, reason TEXT NOT NULL, complete INTEGER NOT NULL,
    PRIMARY KEY (place, back)
) WITHOUT ROWID;

INSERT INTO audit_shift
WITH RECURSIVE
    step (back) AS (SELECT 0 UNION ALL SELECT back + 1 FROM step WHERE back < 11),
    asked AS (
        SELECT a.place, p.other, a.month, s.back, a.month - s.back AS at
        FROM audit_asked a JOIN audit_peer p ON p.peer = 'parent' AND p.place = a.place CROSS JOIN step s
        WHERE a.indicator = 'fdi_share_losing_periods'),
    sums AS (
        SELECT *,
            (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_amount v
             WHERE v.measure = 'fdi' AND v.place = a.place AND v.month BETWEEN a.at - 11 AND a.at) AS now,
            (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_amount v
             WHERE v.measure = 'fdi' AND v.place = a.other AND v.month BETWEEN a.at - 11 AND a.at) AS every_now,
            (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_amount v
             WHERE v.measure = 'fdi' AND v.place = a.place AND v.month BETWEEN a.at - 23 AND a.at - 12) AS earlier,
            (SELECT iif(count(*) = count(usd), total(usd), NULL) FROM audit_amount v
             WHERE v.measure = 'fdi' AND v.place = a.other AND v.month BETWEEN a.at - 23 AND a.at - 12) AS every_earlier
        FROM asked a)
SELECT place, month, back, iif(every_now > 0 AND every_earlier > 0, now / every_now - earlier / every_earlier, NULL),
    CASE
        WHEN NOT EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = s.other AND c.feed = 'fdi' AND c.month = s.at - 23) THEN 'not_applicable'
        WHEN now IS NULL OR every_now IS NULL OR earlier IS NULL OR every_earlier IS NULL THEN 'no_rate'
        WHEN every_now <= 0 OR every_earlier <= 0 THEN 'no_denominator' ELSE 'none' END,
    (NOT EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = s.place AND c.feed = 'fdi')
        OR EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = s.place AND c.feed = 'fdi' AND c.month = s.at AND c.complete))
    AND (NOT EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = s.other AND c.feed = 'fdi')
        OR EXISTS (SELECT 1 FROM audit_coverage c WHERE c.place = s.other AND c.feed = 'fdi' AND c.month = s.at AND c.complete))
FROM sums s;

INSERT INTO audit_figure
SELECT 'fdi_share_change', place, 'among=siblings', month, iif(reason = 'none', value, NULL), reason FROM audit_shift WHERE back = 0;

-- Up to the first month that did not lose, or of which nothing can be said.
INSERT INTO audit_figure
SELECT 'fdi_share_losing_periods', s.place, 'among=siblings', s.month,
    iif(s.reason = 'none',
        coalesce((SELECT min(b.back) FROM audit_shift b WHERE b.place = s.place AND NOT (b.complete AND b.reason = 'none' AND b.value < 0)), 12), NULL),
    s.reason
FROM audit_shift s WHERE s.back = 0;
