-- Facts first: what bureaus reported, as it stands and as it stood. Money is in minor units of its currency (fen, cents),
-- months are 'YYYY-MM', times are UTC. Everything below "aggregates" can be made anew from the tables above it.

CREATE TABLE enterprise (
    id TEXT PRIMARY KEY,                 -- {scheme}-{code}
    version INTEGER NOT NULL,            -- commits that touched it; every commit compares and sets it
    profile_version INTEGER NOT NULL     -- commits that touched its profiles; 0: known only by name
) WITHOUT ROWID;

-- What an enterprise is from a month on, until its next profile.
CREATE TABLE enterprise_profile (
    enterprise TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    region TEXT NOT NULL,                -- lowest known region code
    estate TEXT,
    industry TEXT NOT NULL,              -- GB/T 4754
    ownership TEXT NOT NULL,             -- state, collective, private, other_domestic, hmt, foreign
    investor_economy TEXT,
    hi_tech INTEGER NOT NULL,
    closed INTEGER NOT NULL,             -- 1: closed from this month on
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    controlling TEXT,
    PRIMARY KEY (enterprise, valid_from)
) WITHOUT ROWID;

-- The report that counts for (enterprise, feed, period): the highest revision.
CREATE TABLE report (
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
    PRIMARY KEY (enterprise, feed, period)
) WITHOUT ROWID;

-- One value each.
CREATE TABLE output_line (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) WITHOUT ROWID;

CREATE TABLE export_line (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) WITHOUT ROWID;

CREATE TABLE employment_line (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) WITHOUT ROWID;

CREATE TABLE fdi_line (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    source TEXT NOT NULL,                -- immediate source, ISO 3166
    ultimate_source TEXT NOT NULL,
    investor TEXT,
    currency TEXT NOT NULL, utilised INTEGER NOT NULL,
    contracted_currency TEXT, contracted INTEGER NOT NULL,
    project_count INTEGER NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) WITHOUT ROWID;

-- Purchases by supplier, with what was judged about the supplier when the line was committed.
CREATE TABLE linkage_line (
    enterprise TEXT NOT NULL, period TEXT NOT NULL, line INTEGER NOT NULL,
    supplier_kind TEXT NOT NULL,         -- enterprise, unregistered_code, region, source_economy
    supplier TEXT NOT NULL,
    currency TEXT NOT NULL, purchases INTEGER NOT NULL,
    judged_version INTEGER,              -- profile version of the supplier that was read
    supplier_region TEXT,
    supplier_locality TEXT,
    supplier_domestic INTEGER,
    PRIMARY KEY (enterprise, period, line)
) WITHOUT ROWID;
CREATE INDEX linkage_line_supplier ON linkage_line (supplier, judged_version) WHERE supplier_kind = 'enterprise';

-- Revisions that were replaced or withdrawn, with who sent them and when.
CREATE TABLE report_revision (
    enterprise TEXT NOT NULL, feed TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL,
    basis TEXT NOT NULL, status TEXT NOT NULL, nil INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
    bureau TEXT NOT NULL, submission TEXT NOT NULL, row INTEGER NOT NULL, note TEXT,
    committed_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    withdrawn_by TEXT, withdraw_reason TEXT,
    lines TEXT NOT NULL                  -- JSON
);
CREATE INDEX report_revision_key ON report_revision (enterprise, feed, period);

CREATE TABLE submission (
    bureau TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,                 -- open, finalized, withdrawn
    next_offset INTEGER NOT NULL,        -- rows that are durable
    accepted INTEGER NOT NULL, duplicate INTEGER NOT NULL, revised INTEGER NOT NULL,
    rejected INTEGER NOT NULL, warned INTEGER NOT NULL,
    sha256 TEXT,
    created_at TEXT NOT NULL,
    finalized_at TEXT,
    PRIMARY KEY (bureau, id)
) WITHOUT ROWID;

-- The answer to each batch.
CREATE TABLE receipt (
    bureau TEXT NOT NULL, submission TEXT NOT NULL,
    first_row INTEGER NOT NULL, row_count INTEGER NOT NULL,
    accepted INTEGER NOT NULL, duplicate INTEGER NOT NULL, revised INTEGER NOT NULL,
    rejected INTEGER NOT NULL, warned INTEGER NOT NULL,
    rows TEXT NOT NULL,                  -- JSON: rows that were not plainly accepted
    commit_token TEXT NOT NULL,
    committed_at TEXT NOT NULL,
    PRIMARY KEY (bureau, submission, first_row)
) WITHOUT ROWID;

CREATE TABLE estate (
    id TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    rank TEXT NOT NULL                   -- unspecified, nation, province, local
) WITHOUT ROWID;

CREATE TABLE closed_period (
    feed TEXT NOT NULL, period TEXT NOT NULL,
    closed_at TEXT NOT NULL, closed_by TEXT NOT NULL,
    PRIMARY KEY (feed, period)
) WITHOUT ROWID;

-- Units of target per unit of currency.
CREATE TABLE exchange_rate (
    currency TEXT NOT NULL, target TEXT NOT NULL, period TEXT NOT NULL, rate REAL NOT NULL,
    PRIMARY KEY (currency, target, period)
) WITHOUT ROWID;

-- Thresholds that regions set for themselves and below; the newest row of (region, policy) holds, NULL takes it back.
CREATE TABLE alert_policy (
    id INTEGER PRIMARY KEY,
    region TEXT NOT NULL, policy TEXT NOT NULL, threshold REAL,
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL
);

-- The region tree as built in, for queries by hand and for the audit.
CREATE TABLE region (
    code TEXT PRIMARY KEY, level TEXT NOT NULL, parent TEXT, locality TEXT,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL
) WITHOUT ROWID;

-- What was known about each settled figure, from when on. Rows are only added.
CREATE TABLE indicator_vintage (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,                 -- regions/{code} or estates/{id}
    indicator TEXT NOT NULL,
    labels TEXT NOT NULL,
    period TEXT NOT NULL,
    known_from TEXT NOT NULL,
    value REAL,                          -- NULL: not available
    reason TEXT NOT NULL,                -- none, incomplete, no_denominator, no_rate, not_applicable, suppressed
    status TEXT NOT NULL,                -- provisional, final
    coverage REAL NOT NULL
);
CREATE INDEX indicator_vintage_figure ON indicator_vintage (place, indicator, labels, period, position);

-- Aggregates. Writers number their commits; the log says what each commit changed in each place.
CREATE TABLE writer (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    seq INTEGER NOT NULL,
    fenced INTEGER NOT NULL,             -- 1: may not commit any more
    opened_at TEXT NOT NULL
);

CREATE TABLE commit_log (
    place TEXT NOT NULL, writer INTEGER NOT NULL, seq INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (place, writer, seq)
) WITHOUT ROWID;
CREATE INDEX commit_log_writer ON commit_log (writer, seq);

-- Below it every place counts as caught up, and the log is gone.
CREATE TABLE log_floor (writer INTEGER PRIMARY KEY, seq INTEGER NOT NULL);

CREATE TABLE checkpoint (place TEXT PRIMARY KEY, version INTEGER NOT NULL, stored_at TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE checkpoint_known (
    place TEXT NOT NULL, writer INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (place, writer)
) WITHOUT ROWID;

CREATE TABLE cell (
    place TEXT NOT NULL, measure TEXT NOT NULL, industry TEXT NOT NULL, dimension TEXT NOT NULL, period TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (place, measure, industry, dimension, period)
) WITHOUT ROWID;
