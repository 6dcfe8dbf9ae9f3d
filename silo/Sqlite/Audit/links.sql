-- Stocks that follow from local purchases. A purchase counts for its month and the eleven after, while the buyer is active,
-- foreign-funded and in the locality where it bought.

-- Local: the supplier was domestic and in the locality that the buyer was in.
CREATE TEMP TABLE audit_purchase (
    enterprise INTEGER NOT NULL, locality TEXT NOT NULL, supplier TEXT NOT NULL, month INTEGER NOT NULL,
    supplier_region TEXT NOT NULL,
    PRIMARY KEY (enterprise, locality, supplier, month)
) WITHOUT ROWID;

INSERT INTO audit_purchase
SELECT e.no, h.locality, l.supplier, substr(l.period, 1, 4) * 12 + substr(l.period, 6, 2) - 1 AS bought, max(l.supplier_region)
FROM linkage_line l
    CROSS JOIN report r ON r.enterprise = l.enterprise AND r.feed = 'linkage' AND r.period = l.period
    CROSS JOIN audit_enterprise e ON e.id = l.enterprise
    CROSS JOIN audit_home h ON h.enterprise = e.no AND h.since <= bought AND h.until > bought AND h.estate IS NULL
WHERE r.withdrawn = 0 AND l.purchases > 0 AND l.supplier_domestic = 1 AND l.supplier_locality = h.locality
GROUP BY e.no, h.locality, l.supplier, bought;

-- Months for which a purchase is the newest one from its supplier, and, where supplier is NULL, from any.
CREATE TEMP TABLE audit_link (
    enterprise INTEGER NOT NULL, locality TEXT NOT NULL, supplier TEXT, supplier_region TEXT,
    since INTEGER NOT NULL, until INTEGER NOT NULL);

INSERT INTO audit_link
SELECT enterprise, locality, supplier, supplier_region, month,
    min(month + 12, lead(month, 1, 999999) OVER (PARTITION BY enterprise, locality, supplier ORDER BY month))
FROM audit_purchase
UNION ALL
SELECT enterprise, locality, NULL, NULL, month,
    min(month + 12, lead(month, 1, 999999) OVER (PARTITION BY enterprise, locality ORDER BY month))
FROM (SELECT DISTINCT enterprise, locality, month FROM audit_purchase);

-- The part of these months in which the buyer has what it takes, for each home.
CREATE TEMP TABLE audit_life (
    enterprise INTEGER NOT NULL, place INTEGER NOT NULL, estate TEXT, class TEXT NOT NULL, supplier TEXT, supplier_region TEXT,
    since INTEGER NOT NULL, until INTEGER NOT NULL);

INSERT INTO audit_life
SELECT h.enterprise, h.place, h.estate, h.class, l.supplier, l.supplier_region, max(l.since, h.since), min(l.until, h.until)
FROM audit_link l
    CROSS JOIN audit_home h ON h.enterprise = l.enterprise AND h.since < l.until AND h.until > l.since
WHERE h.locality = l.locality AND h.foreign_funded AND NOT h.closed;

CREATE INDEX temp.audit_life_link ON audit_life (enterprise, supplier);

-- A +1 and a -1 each.
CREATE TEMP TABLE audit_alive (
    place INTEGER NOT NULL, estate TEXT, class TEXT NOT NULL, supplier TEXT, supplier_region TEXT, month INTEGER NOT NULL, amount INTEGER NOT NULL);

INSERT INTO audit_alive
SELECT place, estate, class, supplier, supplier_region, since, 1 FROM audit_life
UNION ALL
SELECT place, estate, class, supplier, supplier_region, until, -1 FROM audit_life;

-- Of the links a year before, those that are alive; they count where the buyer was then. The buyer's region row says when a link
-- is alive, whether it is in an estate or not.
INSERT INTO audit_leaf
WITH survived AS (
    SELECT a.place, max(a.since + 12, b.since) AS since, min(a.until + 12, b.until) AS until
    FROM audit_life a JOIN audit_life b ON b.enterprise = a.enterprise AND b.supplier = a.supplier
    WHERE b.estate IS NULL AND a.since + 12 < b.until AND b.since < a.until + 12),
    change (place, month, amount) AS (
        SELECT place, since, 1 FROM survived UNION ALL SELECT place, until, -1 FROM survived)
SELECT place, 'link_survived', '', '', month, sum(amount) FROM change GROUP BY place, month;

INSERT INTO audit_leaf
SELECT place, 'linked', '', '', month, sum(amount) FROM audit_alive WHERE supplier IS NULL GROUP BY place, month;

INSERT INTO audit_leaf
SELECT place, 'linked_by_industry', class, '', month, sum(amount) FROM audit_alive WHERE supplier IS NULL GROUP BY place, class, month;

INSERT INTO audit_leaf
SELECT place, 'supplier_reached', '', supplier, month, sum(amount) FROM audit_alive
WHERE supplier IS NOT NULL GROUP BY place, supplier, month;

-- Where the supplier is; each buyer once, so not for its estate again.
INSERT INTO audit_leaf
SELECT p.no, 'linked_supplier', '', a.supplier, a.month, sum(a.amount)
FROM audit_alive a JOIN audit_place p ON p.name = 'regions/' || a.supplier_region
WHERE a.supplier IS NOT NULL AND a.estate IS NULL GROUP BY p.no, a.supplier, a.month;

-- Linked enterprises of an estate count in the region that the estate lies in.
INSERT INTO audit_leaf
SELECT p.no, 'estate_linked', '', a.estate, a.month, sum(a.amount)
FROM audit_alive a JOIN estate e ON e.id = a.estate JOIN audit_place p ON p.name = 'regions/' || e.region
WHERE a.supplier IS NULL GROUP BY a.estate, a.month;

DROP TABLE audit_alive;
DROP TABLE audit_life;
DROP TABLE audit_link;
DROP TABLE audit_purchase;
