-- Where contributions arise and which places they add to, who contributes, and where and what each contributor is in which
-- months. Months are numbers here, counted from year 0, as in the rest of the audit.

-- A leaf is the region or estate of an enterprise. A region adds to every region above it, an estate to itself alone.
CREATE TEMP TABLE audit_above (
    leaf TEXT NOT NULL, place TEXT NOT NULL,
    PRIMARY KEY (leaf, place)
) WITHOUT ROWID;

INSERT INTO audit_above
WITH RECURSIVE
    named (code) AS (
        SELECT region FROM enterprise_profile
        UNION SELECT region FROM estate
        UNION SELECT supplier_region FROM linkage_line WHERE supplier_region IS NOT NULL),
    up (leaf, code) AS (
        SELECT code, code FROM named
        UNION ALL
        SELECT up.leaf, region.parent FROM up JOIN region ON region.code = up.code WHERE region.parent IS NOT NULL),
    every (leaf, place) AS (
        SELECT 'regions/' || leaf, 'regions/' || code FROM up
        UNION
        SELECT 'estates/' || estate, 'estates/' || estate FROM enterprise_profile WHERE estate IS NOT NULL)
SELECT leaf, place FROM every WHERE @place IS NULL OR place = @place;

-- Every place that facts name or that has cells, each found with one step into the index of cells. Working tables hold its
-- number: millions of cells are sorted by it.
CREATE TEMP TABLE audit_place (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

INSERT INTO audit_place (name)
WITH RECURSIVE stored (place) AS (
    SELECT min(place) FROM cell
    UNION ALL
    SELECT (SELECT min(cell.place) FROM cell WHERE cell.place > stored.place) FROM stored WHERE stored.place IS NOT NULL)
SELECT place FROM stored WHERE place IS NOT NULL AND (@place IS NULL OR place = @place)
UNION SELECT place FROM audit_above
UNION SELECT place FROM checkpoint WHERE @place IS NULL OR place = @place
UNION SELECT place FROM commit_log WHERE @place IS NULL OR place = @place
ORDER BY 1;

CREATE TEMP TABLE audit_path (leaf TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (leaf, place)) WITHOUT ROWID;

INSERT INTO audit_path SELECT a.leaf, p.no FROM audit_above a JOIN audit_place p ON p.name = a.place;

-- Enterprises that can matter to the places asked for: by being there, or by buying from there.
CREATE TEMP TABLE audit_enterprise (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

INSERT INTO audit_enterprise (id)
SELECT DISTINCT enterprise FROM enterprise_profile
WHERE @place IS NULL
    OR 'regions/' || region IN (SELECT leaf FROM audit_path)
    OR 'estates/' || estate IN (SELECT leaf FROM audit_path)
    OR estate IN (SELECT id FROM estate WHERE 'regions/' || region IN (SELECT leaf FROM audit_path))
    OR enterprise IN (SELECT enterprise FROM linkage_line WHERE 'regions/' || supplier_region IN (SELECT leaf FROM audit_path))
ORDER BY enterprise;

-- One row for the region and one for the estate, for each version of the profile.
CREATE TEMP TABLE audit_home (
    enterprise INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL,  -- until: the first month that is not in it
    place TEXT NOT NULL,                             -- leaf
    estate TEXT,                                     -- NULL in the row of the region
    locality TEXT,
    industry TEXT NOT NULL,                          -- division
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
            region, estate, substr(industry, 1, 2) AS industry, ownership || iif(hi_tech, '+', '') AS kind,
            ownership IN ('hmt', 'foreign') AS foreign_funded, closed
        FROM dated)
SELECT no, since, until, 'regions/' || region, NULL, r.locality, industry, kind, foreign_funded, closed
FROM version LEFT JOIN region r ON r.code = version.region
UNION ALL
SELECT no, since, until, 'estates/' || estate, estate, r.locality, industry, kind, foreign_funded, closed
FROM version LEFT JOIN region r ON r.code = version.region
WHERE estate IS NOT NULL;

-- What facts say, where it arises. Filled by the scripts of the measures, emptied when a measure has been compared.
CREATE TEMP TABLE audit_leaf (
    place TEXT NOT NULL, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, month INTEGER NOT NULL,
    amount INTEGER NOT NULL);
CREATE INDEX temp.audit_leaf_measure ON audit_leaf (measure);

-- What the commit log holds beyond checkpoints.
CREATE TEMP TABLE audit_logged (
    place INTEGER NOT NULL, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, month INTEGER NOT NULL,
    amount INTEGER NOT NULL);

-- The cells of one measure: as stored, and as facts say.
CREATE TEMP TABLE audit_cell (
    place INTEGER NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, month INTEGER NOT NULL,
    live INTEGER NOT NULL, recomputed INTEGER NOT NULL);

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
    currency TEXT NOT NULL, source TEXT, ultimate_source TEXT,
    supplier_locality TEXT,                          -- of a domestic supplier
    amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, month, line)
) WITHOUT ROWID;

CREATE TEMP TABLE audit_value (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL,
    currency TEXT NOT NULL, source TEXT, ultimate_source TEXT, supplier_locality TEXT, amount INTEGER NOT NULL);

CREATE TEMP TABLE audit_total (
    enterprise INTEGER NOT NULL, month INTEGER NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, month, currency)
) WITHOUT ROWID;

CREATE TEMP VIEW audit_line AS
SELECT 'output' AS feed, enterprise, period, line, currency, amount,
    NULL AS source, NULL AS ultimate_source, NULL AS supplier_locality FROM output_line
UNION ALL
SELECT 'export', enterprise, period, line, currency, amount, NULL, NULL, NULL FROM export_line
UNION ALL
SELECT 'employment', enterprise, period, line, '', persons, NULL, NULL, NULL FROM employment_line
UNION ALL
SELECT 'fdi', enterprise, period, line, currency, utilised, source, ultimate_source, NULL FROM fdi_line
UNION ALL
SELECT 'linkage', enterprise, period, line, currency, purchases, NULL, NULL, iif(supplier_domestic, supplier_locality, NULL)
FROM linkage_line;
