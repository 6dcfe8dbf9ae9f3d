-- Facts first: what bureaus reported, as it stands and as it stood. Money is in minor units of its currency (fen, cents),
-- months are 'YYYY-MM', times are UTC. Everything below "aggregates" can be made anew from the tables above it.
-- Keys are compared byte by byte (COLLATE "C"), as the program sorts them, so that locks are always taken in one order.

CREATE TABLE enterprise (
    id text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    profile_version bigint NOT NULL
);
COMMENT ON TABLE enterprise IS 'Legal units, and codes that were only named as suppliers (version 0)';
COMMENT ON COLUMN enterprise.id IS '{scheme}-{code}, such as uscc-91320583...';
COMMENT ON COLUMN enterprise.version IS 'Commits that touched it; every commit compares and sets it';
COMMENT ON COLUMN enterprise.profile_version IS 'Commits that touched its profiles; 0: not registered';

CREATE TABLE enterprise_profile (
    enterprise text COLLATE "C" NOT NULL,
    valid_from text COLLATE "C" NOT NULL,
    region text COLLATE "C" NOT NULL,
    estate text COLLATE "C",
    industry text NOT NULL,
    ownership text NOT NULL,
    investor_economy text,
    hi_tech boolean NOT NULL,
    closed boolean NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    controlling text,
    PRIMARY KEY (enterprise, valid_from)
);
COMMENT ON TABLE enterprise_profile IS 'What an enterprise is from a month on, until its next profile';
COMMENT ON COLUMN enterprise_profile.region IS 'Lowest known region code';
COMMENT ON COLUMN enterprise_profile.industry IS 'GB/T 4754';
COMMENT ON COLUMN enterprise_profile.ownership IS 'state, collective, private, other_domestic, hmt, foreign';
COMMENT ON COLUMN enterprise_profile.closed IS 'Closed from this month on';

-- Facts by period are partitioned by year; add_fact_year makes the partitions.
CREATE TABLE report (
    enterprise text COLLATE "C" NOT NULL,
    feed text NOT NULL,
    period text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    basis text NOT NULL,
    status text NOT NULL,
    nil boolean NOT NULL,
    withdrawn boolean NOT NULL,
    bureau text NOT NULL,
    submission text NOT NULL,
    row bigint NOT NULL,
    content_hash bigint NOT NULL,
    note text,
    committed_at timestamptz NOT NULL,
    PRIMARY KEY (enterprise, feed, period)
) PARTITION BY RANGE (period);
COMMENT ON TABLE report IS 'The report that counts for (enterprise, feed, period): the highest revision';
COMMENT ON COLUMN report.feed IS 'output, export, employment, fdi, linkage';
COMMENT ON COLUMN report.basis IS 'month, year_to_date';
COMMENT ON COLUMN report.status IS 'provisional, estimated, final';
COMMENT ON COLUMN report.nil IS 'Reported that there was nothing';
COMMENT ON COLUMN report.withdrawn IS 'Taken back, counts as never made';
COMMENT ON COLUMN report.row IS 'Row of the submission';

CREATE TABLE output_line (
    enterprise text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL, line integer NOT NULL,
    currency text NOT NULL, amount bigint NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) PARTITION BY RANGE (period);
COMMENT ON TABLE output_line IS 'Gross output, minor units of the currency';

CREATE TABLE export_line (
    enterprise text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL, line integer NOT NULL,
    currency text NOT NULL, amount bigint NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) PARTITION BY RANGE (period);
COMMENT ON TABLE export_line IS 'Export delivery value, minor units of the currency';

CREATE TABLE employment_line (
    enterprise text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL, line integer NOT NULL,
    persons bigint NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) PARTITION BY RANGE (period);
COMMENT ON TABLE employment_line IS 'Persons employed at the end of the month';

CREATE TABLE fdi_line (
    enterprise text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL, line integer NOT NULL,
    source text NOT NULL,
    ultimate_source text NOT NULL,
    investor text,
    currency text NOT NULL, utilised bigint NOT NULL,
    contracted_currency text, contracted bigint NOT NULL,
    project_count integer NOT NULL,
    PRIMARY KEY (enterprise, period, line)
) PARTITION BY RANGE (period);
COMMENT ON TABLE fdi_line IS 'Foreign direct investment by source, minor units of the currency';
COMMENT ON COLUMN fdi_line.source IS 'Immediate source, ISO 3166';

CREATE TABLE linkage_line (
    enterprise text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL, line integer NOT NULL,
    supplier_kind text NOT NULL,
    supplier text COLLATE "C" NOT NULL,
    currency text NOT NULL, purchases bigint NOT NULL,
    judged_version bigint,
    supplier_region text COLLATE "C",
    supplier_locality text COLLATE "C",
    supplier_domestic boolean,
    PRIMARY KEY (enterprise, period, line)
) PARTITION BY RANGE (period);
CREATE INDEX linkage_line_supplier ON linkage_line (supplier, judged_version) WHERE supplier_kind = 'enterprise';
COMMENT ON TABLE linkage_line IS 'Purchases by supplier, with what was judged about the supplier when the line was committed';
COMMENT ON COLUMN linkage_line.supplier_kind IS 'enterprise, unregistered_code, region, source_economy';
COMMENT ON COLUMN linkage_line.judged_version IS 'Profile version of the supplier that was read';

CREATE TABLE report_revision (
    enterprise text COLLATE "C" NOT NULL, feed text NOT NULL, period text COLLATE "C" NOT NULL, revision integer NOT NULL,
    basis text NOT NULL, status text NOT NULL, nil boolean NOT NULL, withdrawn boolean NOT NULL,
    bureau text NOT NULL, submission text NOT NULL, row bigint NOT NULL, note text,
    committed_at timestamptz NOT NULL,
    replaced_at timestamptz NOT NULL,
    withdrawn_by text, withdraw_reason text,
    lines jsonb NOT NULL
) PARTITION BY RANGE (period);
CREATE INDEX report_revision_key ON report_revision (enterprise, feed, period);
COMMENT ON TABLE report_revision IS 'Revisions that were replaced or withdrawn, with who sent them and when';

-- Makes the partitions of a year, once. Writers call it before the first row of a year.
CREATE FUNCTION add_fact_year(year integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent text;
BEGIN
    PERFORM pg_advisory_xact_lock(7213001);
    FOREACH parent IN ARRAY ARRAY['report', 'output_line', 'export_line', 'employment_line', 'fdi_line', 'linkage_line', 'report_revision'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            parent || '_' || to_char(year, 'FM0000'), parent, to_char(year, 'FM0000'), to_char(year + 1, 'FM0000'));
    END LOOP;
END $$;
COMMENT ON FUNCTION add_fact_year IS 'Makes the partitions for the facts of a year';

-- Locks enterprises in the order given, which must ascend, and tells their versions. The sole order in which writers lock
-- them, so that two writers wait for each other in one direction only.
CREATE FUNCTION lock_enterprises(ids text[], changed boolean[])
RETURNS TABLE (enterprise_id text, enterprise_version bigint, enterprise_profile_version bigint) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. cardinality(ids) LOOP
        IF changed[i] THEN
            RETURN QUERY SELECT e.id, e.version, e.profile_version FROM enterprise e WHERE e.id = ids[i] FOR NO KEY UPDATE;
        ELSE
            RETURN QUERY SELECT e.id, e.version, e.profile_version FROM enterprise e WHERE e.id = ids[i] FOR SHARE;
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION lock_enterprises IS 'Locks enterprises in one order: those that are changed, and suppliers that lines are judged by';

CREATE TABLE submission (
    bureau text NOT NULL,
    id text NOT NULL,
    state text NOT NULL,
    next_offset bigint NOT NULL,
    accepted bigint NOT NULL, duplicate bigint NOT NULL, revised bigint NOT NULL,
    rejected bigint NOT NULL, warned bigint NOT NULL,
    sha256 text,
    created_at timestamptz NOT NULL,
    finalized_at timestamptz,
    PRIMARY KEY (bureau, id)
);
COMMENT ON TABLE submission IS 'One file, or one run of a bureau''s program';
COMMENT ON COLUMN submission.state IS 'open, finalized, withdrawn';
COMMENT ON COLUMN submission.next_offset IS 'Rows that are durable';

CREATE TABLE receipt (
    bureau text NOT NULL, submission text NOT NULL,
    first_row bigint NOT NULL, row_count integer NOT NULL,
    accepted integer NOT NULL, duplicate integer NOT NULL, revised integer NOT NULL,
    rejected integer NOT NULL, warned integer NOT NULL,
    rows text NOT NULL,
    commit_token text NOT NULL,
    committed_at timestamptz NOT NULL,
    PRIMARY KEY (bureau, submission, first_row)
);
COMMENT ON TABLE receipt IS 'The answer to each batch';
COMMENT ON COLUMN receipt.rows IS 'JSON: rows that were not plainly accepted';

CREATE TABLE estate (
    id text COLLATE "C" PRIMARY KEY,
    region text COLLATE "C" NOT NULL,
    name_zh text NOT NULL, name_en text NOT NULL,
    valid_from text COLLATE "C" NOT NULL,
    rank text NOT NULL
);
COMMENT ON TABLE estate IS 'Industrial estates and development zones';
COMMENT ON COLUMN estate.rank IS 'unspecified, nation, province, local';

CREATE TABLE closed_period (
    feed text NOT NULL, period text COLLATE "C" NOT NULL,
    closed_at timestamptz NOT NULL, closed_by text NOT NULL,
    PRIMARY KEY (feed, period)
);
COMMENT ON TABLE closed_period IS 'Months of a feed that are over';

CREATE TABLE exchange_rate (
    currency text NOT NULL, target text NOT NULL, period text COLLATE "C" NOT NULL, rate double precision NOT NULL,
    PRIMARY KEY (currency, target, period)
);
COMMENT ON TABLE exchange_rate IS 'Units of target per unit of currency';

CREATE TABLE alert_policy (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region text COLLATE "C" NOT NULL, policy text NOT NULL, threshold double precision,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL
);
COMMENT ON TABLE alert_policy IS
    'Thresholds that regions set for themselves and below; the newest row of (region, policy) holds, NULL takes it back';

CREATE TABLE region (
    code text COLLATE "C" PRIMARY KEY, level text NOT NULL, parent text COLLATE "C", locality text COLLATE "C",
    name_zh text NOT NULL, name_en text NOT NULL
);
COMMENT ON TABLE region IS 'The region tree as built in, for queries by hand and for the audit';

CREATE TABLE indicator_vintage (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place text COLLATE "C" NOT NULL,
    indicator text NOT NULL,
    labels text NOT NULL,
    period text COLLATE "C" NOT NULL,
    known_from timestamptz NOT NULL,
    value double precision,
    reason text NOT NULL,
    status text NOT NULL,
    coverage double precision NOT NULL
);
CREATE INDEX indicator_vintage_figure ON indicator_vintage (place, indicator, labels, period, position);
COMMENT ON TABLE indicator_vintage IS 'What was known about each settled figure, from when on; rows are only added';
COMMENT ON COLUMN indicator_vintage.place IS 'regions/{code} or estates/{id}';
COMMENT ON COLUMN indicator_vintage.value IS 'NULL: not available, see reason';
COMMENT ON COLUMN indicator_vintage.reason IS 'none, incomplete, no_denominator, no_rate, not_applicable, suppressed';
COMMENT ON COLUMN indicator_vintage.status IS 'provisional, final';

-- Aggregates. Writers number their commits; the log says what each commit changed in each place.
CREATE TABLE writer (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    silo text NOT NULL,
    seq bigint NOT NULL,
    fenced boolean NOT NULL,
    opened_at timestamptz NOT NULL,
    buried_at timestamptz
);
COMMENT ON TABLE writer IS 'Store connections that commit; each numbers its commits';
COMMENT ON COLUMN writer.silo IS 'The silo that opened it';
COMMENT ON COLUMN writer.fenced IS 'May not commit any more';
COMMENT ON COLUMN writer.buried_at IS 'When all it had committed had reached the places, after it was fenced';

CREATE TABLE commit_log (
    place text COLLATE "C" NOT NULL, writer integer NOT NULL, seq bigint NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (place, writer, seq)
);
CREATE INDEX commit_log_writer ON commit_log (writer, seq);
COMMENT ON TABLE commit_log IS 'What each commit changed in each place';

CREATE TABLE log_floor (writer integer PRIMARY KEY, seq bigint NOT NULL);
COMMENT ON TABLE log_floor IS 'Below it every place counts as caught up, and the log is gone';

CREATE TABLE checkpoint (place text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, stored_at timestamptz NOT NULL);
COMMENT ON TABLE checkpoint IS 'Version of the stored cells of a place';

CREATE TABLE checkpoint_known (
    place text COLLATE "C" NOT NULL, writer integer NOT NULL, seq bigint NOT NULL,
    PRIMARY KEY (place, writer)
);
COMMENT ON TABLE checkpoint_known IS 'Up to which commit of each writer the stored cells hold';

CREATE TABLE cell (
    place text COLLATE "C" NOT NULL, measure text NOT NULL, industry text NOT NULL, dimension text NOT NULL,
    period text COLLATE "C" NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (place, measure, industry, dimension, period)
);
COMMENT ON TABLE cell IS 'Sums of contributions, as of the checkpoint';
