-- Figures that show single firms.

-- Investors: one with more withdrawn than invested counts as 0. Nothing is said where less than four fifths name any.
INSERT INTO audit_figure
WITH
    investor AS (
        SELECT a.place, a.month, w.head, w.usd
        FROM audit_asked a LEFT JOIN audit_window w ON w.measure = 'fdi_investor' AND w.place = a.place AND w.month = a.month
        WHERE a.indicator = 'fdi_investor_hhi'),
    summed AS (
        SELECT place, month, count(head) = count(usd) AS known, total(max(usd, 0)) AS every,
            total(iif(head <> '', max(usd, 0), 0)) AS named, total(iif(head <> '' AND usd > 0, usd * usd, 0)) AS squares
        FROM investor GROUP BY place, month)
SELECT 'fdi_investor_hhi', place, '', month,
    iif(known AND every > 0 AND named / every >= 0.8, squares / (named * named), NULL),
    CASE WHEN NOT known THEN 'no_rate' WHEN every <= 0 THEN 'no_denominator' WHEN named / every < 0.8 THEN 'not_applicable' ELSE 'none' END
FROM summed;

-- Enterprises by output; of equal ones the first by id.
CREATE TEMP TABLE audit_anchor (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, enterprise TEXT NOT NULL, rank INTEGER NOT NULL, cny REAL,
    PRIMARY KEY (indicator, place, rank)
) WITHOUT ROWID;

INSERT INTO audit_anchor
SELECT a.indicator, a.place, a.month, w.head,
    row_number() OVER (PARTITION BY a.indicator, a.place ORDER BY w.cny DESC, w.head), w.cny
FROM audit_asked a JOIN audit_window w ON w.measure = 'enterprise_output' AND w.place = a.place AND w.month = a.month
WHERE a.indicator IN ('anchor_share', 'anchor_suppliers');

-- Above the locality nothing is kept by enterprise, as the comparison of cells has shown.
CREATE TEMP TABLE audit_anchored (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, output REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (indicator, place)
) WITHOUT ROWID;

INSERT INTO audit_anchored
SELECT indicator, place, month, output,
    CASE
        WHEN produced AND NOT kept OR estate AND indicator = 'anchor_suppliers' THEN 'not_applicable'
        WHEN unknown THEN 'no_rate' WHEN output <= 0 THEN 'no_denominator' ELSE 'none' END
FROM (
    SELECT a.indicator, a.place, a.month, p.name LIKE 'estates/%' AS estate,
        EXISTS (SELECT 1 FROM audit_anchor f WHERE f.indicator = a.indicator AND f.place = a.place) AS kept,
        EXISTS (
            SELECT 1 FROM audit_window w WHERE w.measure = 'output' AND w.place = a.place AND w.month = a.month) AS produced,
        EXISTS (SELECT 1 FROM audit_anchor f WHERE f.indicator = a.indicator AND f.place = a.place AND f.cny IS NULL) AS unknown,
        (SELECT total(max(f.cny, 0)) FROM audit_anchor f WHERE f.indicator = a.indicator AND f.place = a.place) AS output
    FROM audit_asked a JOIN audit_place p ON p.no = a.place
    WHERE a.indicator IN ('anchor_share', 'anchor_suppliers'));

INSERT INTO audit_figure
SELECT a.indicator, a.place, 'top=' || t.column1, a.month,
    iif(a.reason = 'none',
        (SELECT total(max(f.cny, 0)) FROM audit_anchor f WHERE f.indicator = a.indicator AND f.place = a.place AND f.rank <= t.column1) / a.output, NULL),
    a.reason
FROM audit_anchored a CROSS JOIN (VALUES (1), (4)) t
WHERE a.indicator = 'anchor_share';

INSERT INTO audit_figure
SELECT a.indicator, a.place, '', a.month, iif(a.reason = 'none', coalesce(s.amount, 0), NULL), a.reason
FROM audit_anchored a
    LEFT JOIN audit_anchor f ON f.indicator = a.indicator AND f.place = a.place AND f.rank = 1
    LEFT JOIN audit_stock s ON s.measure = 'buyer_suppliers' AND s.place = a.place AND s.month = a.month AND s.head = f.enterprise
WHERE a.indicator = 'anchor_suppliers';
