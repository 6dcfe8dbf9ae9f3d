-- Facts in the order in which they come: month by month. What a batch of reports changes then lies on a few pages instead of one page for
-- each report, and most of what a commit costs is pages. An enterprise's own reports are found by way of report_month.

CREATE TABLE report_by_month (
    enterprise TEXT NOT NULL,
    feed TEXT NOT NULL,                  -- output, export, employment, fdi, linkage
    period TEXT NOT NULL,
    revision INTEGER NOT NULL,
    basis TEXT NOT NULL,                 -- month, year_to_date
    status TEXT NOT NULL,                -- provisional, estimated, final
    nil INTEGER NOT NULL,                -- 1: reported that there was nothing
    withdrawn INTEGER NOT NULL,          -- 1: taken back, counts as never made
    bureau TEXT NOT NULL,
    submission TEXT NOT NULL,
    row INTEGER NOT NULL,                -- row of the submission
    content_hash INTEGER NOT NULL,
    note TEXT,
    committed_at TEXT NOT NULL,
    outlier INTEGER NOT NULL DEFAULT 0,  -- 1: when it was committed it was far from what enterprises of the same division and size report
    standing INTEGER NOT NULL DEFAULT 0, -- level of the deepest division of the sender that the enterprise lies in (1 nation .. 5 town); 0: for all divisions
    chosen TEXT,                         -- the bureau whose report the centre had count, whichever is nearest; NULL: none
    PRIMARY KEY (period, enterprise, feed)
) WITHOUT ROWID;
INSERT INTO report_by_month (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash, note,
    committed_at, outlier, standing, chosen)
SELECT enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash, note,
    committed_at, outlier, standing, chosen
FROM report ORDER BY period, enterprise, feed;
DROP TABLE report;
ALTER TABLE report_by_month RENAME TO report;
CREATE INDEX report_submission ON report (bureau, submission, row);

-- Months that have reports: a step of the index for each.
CREATE VIEW report_month (period) AS
WITH RECURSIVE step (period) AS (
    SELECT min(period) FROM report
    UNION ALL
    SELECT (SELECT min(report.period) FROM report WHERE report.period > step.period) FROM step WHERE step.period IS NOT NULL)
SELECT period FROM step WHERE period IS NOT NULL;

CREATE TABLE output_line_by_month (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (period, enterprise, line)
) WITHOUT ROWID;
INSERT INTO output_line_by_month SELECT enterprise, period, line, currency, amount FROM output_line ORDER BY period, enterprise, line;
DROP TABLE output_line;
ALTER TABLE output_line_by_month RENAME TO output_line;

CREATE TABLE export_line_by_month (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (period, enterprise, line)
) WITHOUT ROWID;
INSERT INTO export_line_by_month SELECT enterprise, period, line, currency, amount FROM export_line ORDER BY period, enterprise, line;
DROP TABLE export_line;
ALTER TABLE export_line_by_month RENAME TO export_line;

CREATE TABLE employment_line_by_month (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (period, enterprise, line)
) WITHOUT ROWID;
INSERT INTO employment_line_by_month SELECT enterprise, period, line, persons FROM employment_line ORDER BY period, enterprise, line;
DROP TABLE employment_line;
ALTER TABLE employment_line_by_month RENAME TO employment_line;

CREATE TABLE fdi_line_by_month (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    source TEXT NOT NULL,                -- immediate source, ISO 3166
    ultimate_source TEXT NOT NULL,
    investor TEXT,
    currency TEXT NOT NULL, utilised INTEGER NOT NULL,
    contracted_currency TEXT, contracted INTEGER NOT NULL,
    project_count INTEGER NOT NULL,
    PRIMARY KEY (period, enterprise, line)
) WITHOUT ROWID;
INSERT INTO fdi_line_by_month
SELECT enterprise, period, line, source, ultimate_source, investor, currency, utilised, contracted_currency, contracted, project_count
FROM fdi_line ORDER BY period, enterprise, line;
DROP TABLE fdi_line;
ALTER TABLE fdi_line_by_month RENAME TO fdi_line;

CREATE TABLE linkage_line_by_month (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    supplier_kind TEXT NOT NULL,         -- enterprise, unregistered_code, region, source_economy
    supplier TEXT NOT NULL,
    currency TEXT NOT NULL, purchases INTEGER NOT NULL,
    judged_version INTEGER,              -- profile version of the supplier that was read
    supplier_region TEXT,
    supplier_locality TEXT,
    supplier_domestic INTEGER,
    PRIMARY KEY (period, enterprise, line)
) WITHOUT ROWID;
INSERT INTO linkage_line_by_month
SELECT enterprise, period, line, supplier_kind, supplier, currency, purchases, judged_version, supplier_region, supplier_locality, supplier_domestic
FROM linkage_line ORDER BY period, enterprise, line;
DROP TABLE linkage_line;
ALTER TABLE linkage_line_by_month RENAME TO linkage_line;
CREATE INDEX linkage_line_supplier ON linkage_line (supplier, judged_version) WHERE supplier_kind = 'enterprise';
