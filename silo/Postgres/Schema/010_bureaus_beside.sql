ALTER TABLE report ADD COLUMN standing integer NOT NULL DEFAULT 0;
ALTER TABLE report_revision ADD COLUMN standing integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN report.standing IS 'Of two bureaus that report the same the nearer one counts: level of the deepest division of the sender that the enterprise lies in (1 nation .. 5 town); 0: for all divisions, or of a build before';
ALTER TABLE report ADD COLUMN chosen text;
ALTER TABLE report_revision ADD COLUMN chosen text;
COMMENT ON COLUMN report.chosen IS 'The bureau whose report the centre had count, whichever is nearest; NULL: none. It holds as long as it is the report''s own bureau';

CREATE TABLE report_aside (
    enterprise text COLLATE "C" NOT NULL, feed text NOT NULL, period text COLLATE "C" NOT NULL,
    bureau text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    basis text NOT NULL, status text NOT NULL, nil boolean NOT NULL,
    submission text NOT NULL, row bigint NOT NULL,
    content_hash bigint NOT NULL, note text, standing integer NOT NULL,
    committed_at timestamptz NOT NULL,
    replaced_at timestamptz,
    withdrawn_by text, withdraw_reason text,
    lines jsonb NOT NULL,
    PRIMARY KEY (enterprise, feed, period, bureau, revision)
);
CREATE INDEX report_aside_submission ON report_aside (bureau, submission, row);
COMMENT ON TABLE report_aside IS 'Reports that do not count, since a nearer bureau''s does, or one that the centre chose. They are in no figure';
COMMENT ON COLUMN report_aside.revision IS 'Counted for each bureau by itself';
COMMENT ON COLUMN report_aside.replaced_at IS 'When another of the same bureau took its place, or it was taken back; NULL: neither';

CREATE TABLE report_choice (
    enterprise text COLLATE "C" NOT NULL, feed text NOT NULL, period text COLLATE "C" NOT NULL, revision integer NOT NULL,
    bureau text NOT NULL,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL,
    PRIMARY KEY (enterprise, feed, period, revision)
);
COMMENT ON TABLE report_choice IS 'Decisions of the centre which bureau''s report counts, by the revision that each made';
COMMENT ON COLUMN report_choice.bureau IS 'Empty: whichever is nearest again';
