-- Links between enterprises of one region: a purchase counts for its month and the eleven after, while the buyer is active. The buyer
-- is where it is in the month, the supplier where the newest purchase found it.

-- Every region with all above it, and how far above.
CREATE TEMP TABLE audit_up (leaf INTEGER NOT NULL, place INTEGER NOT NULL, height INTEGER NOT NULL, PRIMARY KEY (leaf, place)) WITHOUT ROWID;

INSERT INTO audit_up
WITH RECURSIVE up (leaf, name, height) AS (
    SELECT no, name, 0 FROM audit_place WHERE name LIKE 'regions/%'
    UNION ALL
    SELECT up.leaf, 'regions/' || region.parent, up.height + 1
    FROM up JOIN region ON region.code = substr(up.name, 9) WHERE region.parent IS NOT NULL)
SELECT up.leaf, p.no, up.height FROM up JOIN audit_place p ON p.name = up.name;

-- Months for which a purchase is the newest one from its supplier.
CREATE TEMP TABLE audit_tie (
    enterprise INTEGER NOT NULL, id TEXT NOT NULL, supplier TEXT NOT NULL, region TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL);

INSERT INTO audit_tie
SELECT enterprise, id, supplier, region, month,
    min(month + 12, lead(month, 1, 999999) OVER (PARTITION BY enterprise, supplier ORDER BY month))
FROM (
    SELECT e.no AS enterprise, e.id, l.supplier, max(l.supplier_region) AS region, substr(l.period, 1, 4) * 12 + substr(l.period, 6, 2) - 1 AS month
    FROM linkage_line l
        CROSS JOIN report r ON r.enterprise = l.enterprise AND r.feed = 'linkage' AND r.period = l.period
        CROSS JOIN audit_enterprise e ON e.id = l.enterprise
    WHERE r.withdrawn = 0 AND l.purchases > 0 AND l.supplier_region IS NOT NULL AND l.supplier <> l.enterprise
    GROUP BY e.no, l.supplier, l.period);

-- The part of these months in which the buyer is active, with the lowest region that holds both.
CREATE TEMP TABLE audit_inside (
    enterprise INTEGER NOT NULL, id TEXT NOT NULL, supplier TEXT NOT NULL, place INTEGER NOT NULL, height INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL);

INSERT INTO audit_inside
SELECT t.enterprise, t.id, t.supplier, b.place, min(b.height), max(t.since, h.since), min(t.until, h.until)
FROM audit_tie t
    CROSS JOIN audit_home h ON h.enterprise = t.enterprise AND h.since < t.until AND h.until > t.since
    CROSS JOIN audit_place s ON s.name = 'regions/' || t.region
    CROSS JOIN audit_up b ON b.leaf = h.place
    CROSS JOIN audit_up a ON a.leaf = s.no AND a.place = b.place
WHERE h.estate IS NULL AND NOT h.closed
GROUP BY t.enterprise, t.supplier, t.since, h.since;

INSERT INTO audit_leaf
WITH change (place, id, supplier, month, amount) AS (
    SELECT place, id, supplier, since, 1 FROM audit_inside UNION ALL SELECT place, id, supplier, until, -1 FROM audit_inside)
SELECT place, 'network_link', '', '', month, sum(amount) FROM change GROUP BY place, month
UNION ALL
SELECT c.place, 'network_pair', '', min(c.id, c.supplier) || '~' || max(c.id, c.supplier) AS pair, c.month, sum(c.amount)
FROM change c JOIN audit_place p ON p.no = c.place JOIN region r ON r.code = substr(p.name, 9)
WHERE r.locality IS NOT NULL
GROUP BY c.place, pair, c.month
UNION ALL
SELECT place, 'buyer_suppliers', '', id, month, sum(amount) FROM change GROUP BY place, id, month;

-- Buyers, month by month, from the lowest region up that they share with a supplier.
INSERT INTO audit_leaf
WITH RECURSIVE
    alive (enterprise, place, height, month, until) AS (
        SELECT enterprise, place, height, since, until FROM audit_inside
        UNION
        SELECT enterprise, place, height, month + 1, until FROM alive WHERE month + 1 < until),
    lowest AS (SELECT enterprise, month, place, min(height) FROM alive GROUP BY enterprise, month),
    change (place, month, amount) AS (
        SELECT place, month, 1 FROM lowest UNION ALL SELECT place, month + 1, -1 FROM lowest)
SELECT place, 'network_buyer', '', '', month, sum(amount) FROM change GROUP BY place, month HAVING sum(amount) <> 0;

DROP TABLE audit_inside;
DROP TABLE audit_tie;
DROP TABLE audit_up;
