-- For which month each indicator is given in a place, and what formulas read at that month.

-- Feeds that an indicator needs complete.
CREATE TEMP TABLE audit_need (indicator TEXT NOT NULL, feed TEXT NOT NULL, PRIMARY KEY (indicator, feed)) WITHOUT ROWID;

INSERT INTO audit_need VALUES
    ('output_cny', 'output'), ('export_cny', 'export'), ('employment_persons', 'employment'), ('fdi_utilised_usd', 'fdi'),
    ('enterprises', 'employment'), ('labour_productivity_cny', 'output'), ('labour_productivity_cny', 'employment'),
    ('growth_volatility', 'output'), ('industry_hhi', 'employment'), ('cluster_type', 'output'),
    ('embeddedness_index', 'fdi'), ('embeddedness_index', 'linkage'),
    ('growth_ratio', 'output'), ('growth_ratio', 'export'), ('growth_ratio', 'employment'), ('growth_ratio', 'fdi'),
    ('export_intensity', 'output'), ('export_intensity', 'export'),
    ('foreign_share', 'output'), ('foreign_share', 'export'), ('foreign_share', 'employment'), ('sme_share', 'employment'),
    ('local_linkage_ratio', 'linkage'), ('local_linkage_change', 'linkage'), ('local_sourcing_ratio', 'linkage'),
    ('suppliers_reached', 'linkage'), ('linked_suppliers', 'linkage'), ('estates_linked', 'linkage'), ('estates', 'linkage'),
    ('enterprise_birth_rate', 'employment'), ('enterprise_death_rate', 'employment'), ('private_growth_gap', 'output'),
    ('link_survival_ratio', 'linkage'), ('network_density', 'linkage'), ('network_reciprocity', 'linkage'), ('network_mean_suppliers', 'linkage'),
    ('stage', 'linkage'), ('stage', 'employment'),
    ('fdi_source_hhi', 'fdi'), ('fdi_source_hhi_change', 'fdi'), ('fdi_source_hhi_normalised', 'fdi'),
    ('fdi_effective_sources', 'fdi'), ('fdi_top_source_share', 'fdi');

CREATE TEMP TABLE audit_asked (indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (indicator, place)) WITHOUT ROWID;

-- The newest month that all feeds have complete, at most eleven before the newest that one of them has. A feed that nobody here
-- has to report does not count.
INSERT INTO audit_asked
WITH
    newest AS (SELECT place, feed, max(iif(complete, month, NULL)) AS month FROM audit_coverage GROUP BY place, feed),
    feeds AS (
        SELECT n.place, d.indicator, count(*) AS feeds, count(n.month) AS dated, min(n.month) AS month
        FROM newest n JOIN audit_need d ON d.feed = n.feed GROUP BY n.place, d.indicator),
    complete AS (
        SELECT c.place, d.indicator, c.month, count(*) AS feeds
        FROM audit_coverage c JOIN audit_need d ON d.feed = c.feed WHERE c.complete GROUP BY c.place, d.indicator, c.month)
SELECT f.indicator, f.place, max(c.month)
FROM feeds f JOIN complete c ON c.place = f.place AND c.indicator = f.indicator
    AND c.feeds = f.feeds AND c.month BETWEEN f.month - 11 AND f.month
WHERE f.dated = f.feeds
GROUP BY f.indicator, f.place;

-- Where nobody has to report any of them, what is known of its enterprises decides.
INSERT INTO audit_asked
SELECT i.indicator, c.place, max(c.month)
FROM (SELECT DISTINCT indicator FROM audit_need) i CROSS JOIN audit_coverage c ON c.feed = 'employment' AND c.complete
WHERE NOT EXISTS (
    SELECT 1 FROM audit_need d JOIN audit_coverage o ON o.place = c.place AND o.feed = d.feed WHERE d.indicator = i.indicator)
GROUP BY i.indicator, c.place;

-- The newest month that is over, by feed.
CREATE TEMP TABLE audit_closed (feed TEXT PRIMARY KEY, month INTEGER NOT NULL) WITHOUT ROWID;

INSERT INTO audit_closed
SELECT feed, max(substr(period, 1, 4) * 12 + substr(period, 6, 2) - 1) FROM closed_period GROUP BY feed;

-- What is said of reporting is said of the newest month that is over; before any is, of the newest with a report.
INSERT INTO audit_asked
SELECT i.column1, p.no, coalesce((SELECT max(month) FROM audit_closed), (SELECT max(month) FROM audit_coverage c WHERE c.place = p.no)) AS due
FROM audit_place p CROSS JOIN (VALUES ('reporting_coverage_ratio'), ('feed_overdue')) i
WHERE p.wanted AND due IS NOT NULL;

CREATE TEMP TABLE audit_moment (place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, month)) WITHOUT ROWID;

INSERT INTO audit_moment
SELECT place, month FROM audit_asked
UNION SELECT place, month - 12 FROM audit_asked WHERE indicator IN (
    'fdi_source_hhi_change', 'local_linkage_change', 'link_survival_ratio', 'enterprise_birth_rate', 'enterprise_death_rate')
UNION SELECT place, month - 3 FROM audit_asked WHERE indicator = 'local_linkage_change';

-- Stocks at the end of these months.
CREATE TEMP TABLE audit_stock (
    measure TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, head TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (measure, place, month, head)
) WITHOUT ROWID;

INSERT INTO audit_stock
SELECT s.measure, m.place, m.month, s.head, sum(t.recomputed)
FROM audit_series s
    CROSS JOIN audit_truth t ON t.series = s.no
    CROSS JOIN audit_moment m ON m.place = t.place AND m.month >= t.month
WHERE s.industry = '' AND s.measure IN ('active', 'linked', 'supplier_reached', 'linked_supplier', 'estate_linked', 'estates', 'link_survived',
        'network_link', 'network_buyer', 'network_pair')
GROUP BY s.no, m.place, m.month;

-- Sums of the twelve months that end with these.
CREATE TEMP TABLE audit_window (
    measure TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, head TEXT NOT NULL, cny REAL, usd REAL,
    PRIMARY KEY (measure, place, month, head)
) WITHOUT ROWID;

INSERT INTO audit_window
SELECT a.measure, m.place, m.month, a.head,
    iif(count(*) = count(a.cny), total(a.cny), NULL), iif(count(*) = count(a.usd), total(a.usd), NULL)
FROM (VALUES ('output'), ('export'), ('employment'), ('purchases'), ('fdi'), ('fdi_ultimate')) w
    CROSS JOIN audit_moment m
    CROSS JOIN audit_amount a ON a.measure = w.column1 AND a.place = m.place AND a.month BETWEEN m.month - 11 AND m.month
GROUP BY a.measure, m.place, m.month, a.head;

-- What formulas give. An operand is NULL where a rate is missing.
CREATE TEMP TABLE audit_quotient (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, labels TEXT NOT NULL, month INTEGER NOT NULL, numerator REAL, denominator REAL);

CREATE TEMP TABLE audit_figure (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, labels TEXT NOT NULL, month INTEGER NOT NULL, value REAL, reason TEXT NOT NULL,
    PRIMARY KEY (place, indicator, labels)
) WITHOUT ROWID;

-- What the product's own formulas give for the cells that it holds.
CREATE TEMP TABLE audit_said (
    place INTEGER NOT NULL, indicator TEXT NOT NULL, labels TEXT NOT NULL, month INTEGER NOT NULL, value REAL, reason TEXT NOT NULL,
    PRIMARY KEY (place, indicator, labels)
) WITHOUT ROWID;
