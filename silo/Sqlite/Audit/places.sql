-- Where contributions arise and which places they add to, who contributes, and where and what each contributor is in which
-- months. Months are numbers here, counted from year 0, as in the rest of the audit.

-- Numbers of all places that facts name or that have cells; working tables hold these, since millions of cells are sorted by
-- them. Stored places are found with one step each into the index of cells.
CREATE TEMP TABLE audit_place (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, wanted INTEGER NOT NULL);

INSERT INTO audit_place (name, wanted)
WITH RECURSIVE
    stored (place) AS (
        SELECT min(place) FROM cell
        UNION ALL
        SELECT (SELECT min(cell.place) FROM cell WHERE cell.place > stored.place) FROM stored WHERE stored.place IS NOT NULL),
    named (code) AS (
        SELECT region FROM enterprise_profile
        UNION SELECT region FROM estate
        UNION SELECT supplier_region FROM linkage_line WHERE supplier_region IS NOT NULL
        UNION SELECT region.parent FROM named JOIN region ON region.code = named.code WHERE region.parent IS NOT NULL),
    every (name) AS (
        SELECT 'regions/' || code FROM named
        UNION SELECT 'estates/' || estate FROM enterprise_profile WHERE estate IS NOT NULL
        UNION SELECT place FROM stored WHERE place IS NOT NULL
        UNION SELECT place FROM checkpoint
        UNION SELECT place FROM commit_log)
SELECT name, @place IS NULL OR name = @place FROM every ORDER BY name;

-- A leaf is where a contribution arises: a region, which adds to every region above it too, or an estate, which adds to
-- nothing else.
CREATE TEMP TABLE audit_path (leaf INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (leaf, place)) WITHOUT ROWID;

INSERT INTO audit_path
WITH RECURSIVE up (leaf, name) AS (
    SELECT no, name FROM audit_place
    UNION ALL
    SELECT up.leaf, 'regions/' || region.parent
    FROM up JOIN region ON up.name LIKE 'regions/%' AND region.code = substr(up.name, 9) WHERE region.parent IS NOT NULL)
SELECT up.leaf, p.no FROM up JOIN audit_place p ON p.name = up.name WHERE p.wanted;

CREATE TEMP TABLE audit_wanted (leaf TEXT PRIMARY KEY) WITHOUT ROWID;

INSERT INTO audit_wanted SELECT DISTINCT p.name FROM audit_path a JOIN audit_place p ON p.no = a.leaf;

-- Enterprises that can matter to the places asked for: by being there, or by buying from there.
CREATE TEMP TABLE audit_enterprise (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

INSERT INTO audit_enterprise (id)
SELECT DISTINCT enterprise FROM enterprise_profile
WHERE @place IS NULL
    OR 'regions/' || region IN audit_wanted
    OR 'estates/' || estate IN audit_wanted
    OR estate IN (SELECT id FROM estate WHERE 'regions/' || region IN audit_wanted)
    OR enterprise IN (SELECT enterprise FROM linkage_line WHERE 'regions/' || supplier_region IN audit_wanted)
ORDER BY enterprise;

-- One row for the region and one for the estate, for each version of the profile.
CREATE TEMP TABLE audit_home (
    enterprise INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL,  -- until: the first month that is not in it
    place INTEGER NOT NULL,                          -- leaf
    estate TEXT,                                     -- NULL in the row of the region
    locality TEXT,
    industry TEXT NOT NULL,                          -- division
    class TEXT NOT NULL,                             -- industry as fine as the profile says
    kind TEXT NOT NULL,                              -- ownership, with + where hi-tech
    foreign_funded INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    PRIMARY KEY (enterprise, since, place)
) WITHOUT ROWID;

INSERT INTO audit_home
WITH
    dated AS (
        SELECT e.no, p.*, substr(p.valid_from, 1, 4) * 12 + substr(p.valid_from, 6, 2) - 1 AS since
        FROM audit_enterprise e JOIN enterprise_profile p ON p.enterprise = e.id),
    version AS (
        SELECT no, since, lead(since, 1, 999999) OVER (PARTITION BY no ORDER BY since) AS until,
            region, estate, substr(industry, 1, iif(substr(industry, 1, 4) = 'NACE', 6, 2)) AS industry, industry AS class,
            ownership || iif(hi_tech, '+', '') AS kind,
            ownership IN ('hmt', 'foreign') AS foreign_funded, closed
        FROM dated)
SELECT v.no, since, until, p.no, NULL, r.locality, v.industry, class, kind, foreign_funded, closed
FROM version v JOIN audit_place p ON p.name = 'regions/' || region LEFT JOIN region r ON r.code = v.region
UNION ALL
SELECT v.no, since, until, p.no, estate, r.locality, v.industry, class, kind, foreign_funded, closed
FROM version v JOIN audit_place p ON p.name = 'estates/' || estate LEFT JOIN region r ON r.code = v.region;

-- What facts say, where it arises. Filled by the scripts of the measures, emptied when a measure has been compared.
CREATE TEMP TABLE audit_leaf (
    place INTEGER NOT NULL, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, month INTEGER NOT NULL,
    amount INTEGER NOT NULL);
CREATE INDEX temp.audit_leaf_measure ON audit_leaf (measure);

-- What the commit log holds beyond checkpoints.
CREATE TEMP TABLE audit_logged (
    place INTEGER NOT NULL, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, month INTEGER NOT NULL,
    amount INTEGER NOT NULL);

-- Cells of a place by month. The dimension's last part is the currency where the measure is money; lag: months that the amounts
-- are older than the cell's month.
CREATE TEMP TABLE audit_series (
    no INTEGER PRIMARY KEY, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL,
    head TEXT NOT NULL, currency TEXT NOT NULL, lag INTEGER NOT NULL,
    UNIQUE (measure, industry, dimension));

-- The cells of one measure: as stored, and as facts say. The key is place, series and month in one number, by far the fastest
-- to add up by.
CREATE TEMP TABLE audit_cell (id INTEGER PRIMARY KEY, live INTEGER NOT NULL, recomputed INTEGER NOT NULL);

-- The same of all measures: indicators are computed from it.
CREATE TEMP TABLE audit_truth (
    series INTEGER NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, live INTEGER NOT NULL, recomputed INTEGER NOT NULL,
    PRIMARY KEY (series, place, month)
) WITHOUT ROWID;

CREATE TEMP VIEW audit_compared AS
SELECT id >> 40 AS place, (id >> 16) & 0xFFFFFF AS series, id & 0xFFFF AS month, live, recomputed FROM audit_cell;

-- Working tables of one feed, see reports.sql.
CREATE TEMP TABLE audit_report (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL,
    to_date INTEGER NOT NULL,                        -- 1: the sum since January
    after INTEGER,                                   -- to date: first month whose reports are taken off
    known INTEGER NOT NULL,                          -- 1: the month's own value can be told
    PRIMARY KEY (enterprise, month)
) WITHOUT ROWID;

CREATE TEMP TABLE audit_part (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL, line INTEGER NOT NULL,
    currency TEXT NOT NULL, source TEXT, ultimate_source TEXT, investor TEXT,
    supplier_locality TEXT,                          -- of a domestic supplier
    amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, month, line)
) WITHOUT ROWID;

CREATE TEMP TABLE audit_value (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL,
    currency TEXT NOT NULL, source TEXT, ultimate_source TEXT, investor TEXT, supplier_locality TEXT, amount INTEGER NOT NULL);

CREATE TEMP TABLE audit_total (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, month, currency)
) WITHOUT ROWID;

CREATE TEMP VIEW audit_line AS
SELECT 'output' AS feed, enterprise, period, line, currency, amount,
    NULL AS source, NULL AS ultimate_source, NULL AS investor, NULL AS supplier_locality FROM output_line
UNION ALL
SELECT 'export', enterprise, period, line, currency, amount, NULL, NULL, NULL, NULL FROM export_line
UNION ALL
SELECT 'employment', enterprise, period, line, '', persons, NULL, NULL, NULL, NULL FROM employment_line
UNION ALL
SELECT 'fdi', enterprise, period, line, currency, utilised, source, ultimate_source, coalesce(investor, ''), NULL FROM fdi_line
UNION ALL
SELECT 'linkage', enterprise, period, line, currency, purchases, NULL, NULL, NULL, iif(supplier_domestic, supplier_locality, NULL)
FROM linkage_line;
