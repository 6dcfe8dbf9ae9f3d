-- For which month each indicator is given in a place, and what formulas read at that month.

-- Feeds that an indicator needs complete.
CREATE TEMP TABLE audit_need (indicator TEXT NOT NULL, feed TEXT NOT NULL, PRIMARY KEY (indicator, feed)) WITHOUT ROWID;

INSERT INTO audit_need VALUES
    ('output_cny', 'output'), ('export_cny', 'export'), ('employment_persons', 'employment'), ('fdi_utilised_usd', 'fdi'),
    ('enterprises', 'employment'), ('labour_productivity_cny', 'output'), ('labour_productivity_cny', 'employment'),
    ('growth_volatility', 'output'), ('industry_hhi', 'employment'), ('cluster_type', 'output'),
    ('embeddedness_index', 'fdi'), ('embeddedness_index', 'linkage'),
    ('growth_ratio', 'output'), ('growth_ratio', 'export'), ('growth_ratio', 'employment'), ('growth_ratio', 'fdi'),
    ('change_suspect_ratio', 'output'), ('change_suspect_ratio', 'export'), ('change_suspect_ratio', 'employment'), ('change_suspect_ratio', 'fdi'),
    ('export_intensity', 'output'), ('export_intensity', 'export'),
    ('foreign_share', 'output'), ('foreign_share', 'export'), ('foreign_share', 'employment'), ('sme_share', 'employment'),
    ('local_linkage_ratio', 'linkage'), ('local_linkage_change', 'linkage'), ('local_sourcing_ratio', 'linkage'),
    ('suppliers_reached', 'linkage'), ('linked_suppliers', 'linkage'), ('estates_linked', 'linkage'), ('estates', 'linkage'),
    ('enterprise_birth_rate', 'employment'), ('enterprise_death_rate', 'employment'), ('private_growth_gap', 'output'),
    ('link_survival_ratio', 'linkage'), ('network_density', 'linkage'), ('network_reciprocity', 'linkage'), ('network_mean_suppliers', 'linkage'),
    ('stage', 'linkage'), ('stage', 'employment'), ('stage_change', 'linkage'), ('stage_change', 'employment'),
    ('fdi_source_hhi', 'fdi'), ('fdi_source_hhi_change', 'fdi'), ('fdi_source_hhi_normalised', 'fdi'),
    ('fdi_effective_sources', 'fdi'), ('fdi_top_source_share', 'fdi'),
    ('fdi_investor_hhi', 'fdi'), ('anchor_share', 'output'), ('anchor_suppliers', 'output'), ('anchor_suppliers', 'linkage'),
    ('location_quotient', 'output'), ('location_quotient', 'employment'), ('krugman_specialisation', 'employment'),
    ('shift_share_persons', 'employment'), ('fdi_performance_index', 'output'), ('fdi_performance_index', 'fdi'),
    ('fdi_share_change', 'fdi'), ('fdi_share_losing_periods', 'fdi'),
    ('cluster_stars', 'employment'), ('clusters', 'employment'), ('ellison_glaeser_gamma', 'employment'),
    ('clustered_share', 'output'), ('clustered_share', 'export'), ('clustered_share', 'employment'), ('fdi_into_clusters_ratio', 'fdi');

-- Those that compare a place with its nation or with the region above it.
CREATE TEMP TABLE audit_beside (indicator TEXT PRIMARY KEY, peer TEXT NOT NULL) WITHOUT ROWID;

INSERT INTO audit_beside VALUES
    ('location_quotient', 'nation'), ('krugman_specialisation', 'nation'), ('shift_share_persons', 'nation'),
    ('fdi_performance_index', 'nation'), ('fdi_share_change', 'parent'), ('fdi_share_losing_periods', 'parent'),
    ('cluster_stars', 'standings'), ('clusters', 'standings'), ('ellison_glaeser_gamma', 'standings'), ('clustered_share', 'standings'),
    ('fdi_into_clusters_ratio', 'standings');

-- Nothing is compared unless all places are audited: what a place is compared with would be missing. An estate has a nation only. Who
-- stands among others needs the months of its nation too, the nation itself included; towns do not.
CREATE TEMP TABLE audit_peer (peer TEXT NOT NULL, place INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (peer, place)) WITHOUT ROWID;

INSERT INTO audit_peer
WITH
    home (place, region) AS (
        SELECT p.no, r.code FROM audit_place p JOIN region r ON p.name = 'regions/' || r.code WHERE r.parent IS NOT NULL
        UNION ALL SELECT p.no, e.region FROM audit_place p JOIN estate e ON p.name = 'estates/' || e.id),
    nation AS (
        SELECT h.place, t.place AS other
        FROM home h
            JOIN audit_place l ON l.name = 'regions/' || h.region
            JOIN audit_path t ON t.leaf = l.no
            JOIN audit_place n ON n.no = t.place
            JOIN region r ON r.code = substr(n.name, 9) AND r.parent IS NULL
        WHERE n.name LIKE 'regions/%'),
    parent AS (
        SELECT p.no AS place, u.no AS other
        FROM audit_place p JOIN region r ON p.name = 'regions/' || r.code JOIN audit_place u ON u.name = 'regions/' || r.parent)
SELECT peer, place, other
FROM (
    SELECT 'nation' AS peer, place, other FROM nation
    UNION ALL SELECT 'parent', place, other FROM parent
    UNION ALL
    SELECT 'standings', n.place, n.other
    FROM nation n JOIN audit_place p ON p.no = n.place JOIN region r ON p.name = 'regions/' || r.code WHERE r.level <> 'town'
    UNION ALL
    SELECT 'standings', p.no, p.no FROM audit_place p JOIN region r ON p.name = 'regions/' || r.code WHERE r.parent IS NULL)
WHERE NOT EXISTS (SELECT 1 FROM audit_place WHERE NOT wanted);

-- Months that all feeds of an indicator have complete. A feed that nobody here has to report does not count; where there is no
-- other, what is known of the place's enterprises decides. bound: the newest month that one of the feeds has, if all have any.
CREATE TEMP TABLE audit_candidate (indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, bound INTEGER, PRIMARY KEY (indicator, place, month)) WITHOUT ROWID;

INSERT INTO audit_candidate
WITH
    newest AS (SELECT place, feed, max(iif(complete, month, NULL)) AS month FROM audit_coverage GROUP BY place, feed),
    feeds AS (
        SELECT n.place, d.indicator, count(*) AS feeds, count(n.month) AS dated, min(n.month) AS month
        FROM newest n JOIN audit_need d ON d.feed = n.feed GROUP BY n.place, d.indicator),
    complete AS (
        SELECT c.place, d.indicator, c.month, count(*) AS feeds
        FROM audit_coverage c JOIN audit_need d ON d.feed = c.feed WHERE c.complete GROUP BY c.place, d.indicator, c.month)
SELECT f.indicator, f.place, c.month, iif(f.dated = f.feeds, f.month, NULL)
FROM feeds f JOIN complete c ON c.place = f.place AND c.indicator = f.indicator AND c.feeds = f.feeds;

INSERT INTO audit_candidate
WITH
    reporting AS (SELECT DISTINCT place, feed FROM audit_coverage),
    needless AS (
        SELECT i.indicator, p.place
        FROM (SELECT DISTINCT indicator FROM audit_need) i CROSS JOIN (SELECT DISTINCT place FROM reporting) p
        EXCEPT SELECT d.indicator, r.place FROM audit_need d JOIN reporting r ON r.feed = d.feed)
SELECT n.indicator, c.place, c.month, max(c.month) OVER (PARTITION BY n.indicator, c.place)
FROM needless n JOIN audit_coverage c ON c.place = n.place AND c.feed = 'employment' AND c.complete;

CREATE TEMP TABLE audit_asked (indicator TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (indicator, place)) WITHOUT ROWID;

-- At most eleven months before the bound.
INSERT INTO audit_asked
SELECT c.indicator, c.place, max(c.month)
FROM audit_candidate c
WHERE c.month BETWEEN c.bound - 11 AND c.bound AND c.indicator NOT IN (SELECT indicator FROM audit_beside)
GROUP BY c.indicator, c.place;

-- Both must have the month complete: at most eleven months before the newest that the place has by itself.
INSERT INTO audit_asked
WITH own AS (
    SELECT indicator, place, max(month) AS month FROM audit_candidate WHERE month BETWEEN bound - 11 AND bound GROUP BY indicator, place)
SELECT c.indicator, c.place, max(c.month)
FROM audit_beside m
    JOIN own w ON w.indicator = m.indicator
    JOIN audit_candidate c ON c.indicator = w.indicator AND c.place = w.place AND c.month BETWEEN w.month - 11 AND w.month
    JOIN audit_peer p ON p.peer = m.peer AND p.place = c.place
    JOIN audit_candidate o ON o.indicator = c.indicator AND o.place = p.other AND o.month = c.month
GROUP BY c.indicator, c.place;

-- The newest month that is over, by feed.
CREATE TEMP TABLE audit_closed (feed TEXT PRIMARY KEY, month INTEGER NOT NULL) WITHOUT ROWID;

INSERT INTO audit_closed
SELECT feed, max(substr(period, 1, 4) * 12 + substr(period, 6, 2) - 1) FROM closed_period GROUP BY feed;

-- What is said of reporting is said of the newest month that is over; before any is, of the newest with a report.
INSERT INTO audit_asked
SELECT i.column1, p.no, coalesce((SELECT max(month) FROM audit_closed), (SELECT max(month) FROM audit_coverage c WHERE c.place = p.no)) AS due
FROM audit_place p CROSS JOIN (VALUES ('reporting_coverage_ratio'), ('feed_overdue'), ('suspect_reports')) i
WHERE p.wanted AND due IS NOT NULL;

DELETE FROM audit_asked WHERE place IN (SELECT no FROM audit_cluster) AND indicator NOT IN (SELECT indicator FROM audit_of_clusters);

CREATE TEMP TABLE audit_moment (place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, month)) WITHOUT ROWID;

INSERT INTO audit_moment
SELECT place, month FROM audit_asked
UNION SELECT place, month - 12 FROM audit_asked WHERE indicator IN (
    'fdi_source_hhi_change', 'local_linkage_change', 'link_survival_ratio', 'enterprise_birth_rate', 'enterprise_death_rate')
UNION SELECT place, month - 3 FROM audit_asked WHERE indicator = 'local_linkage_change'
UNION SELECT p.other, a.month FROM audit_asked a JOIN audit_peer p ON p.peer = 'nation' AND p.place = a.place WHERE a.indicator = 'fdi_performance_index';

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
        'network_link', 'network_buyer', 'network_pair', 'buyer_suppliers')
GROUP BY s.no, m.place, m.month;

-- Sums of the twelve months that end with these.
CREATE TEMP TABLE audit_window (
    measure TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, head TEXT NOT NULL, cny REAL, usd REAL,
    PRIMARY KEY (measure, place, month, head)
) WITHOUT ROWID;

INSERT INTO audit_window
SELECT a.measure, m.place, m.month, a.head,
    iif(count(*) = count(a.cny), total(a.cny), NULL), iif(count(*) = count(a.usd), total(a.usd), NULL)
FROM (VALUES ('output'), ('export'), ('employment'), ('purchases'), ('fdi'), ('fdi_ultimate'), ('fdi_investor'), ('enterprise_output')) w
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
