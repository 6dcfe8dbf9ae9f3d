-- Of two bureaus that report the same the nearer one counts: level of the deepest division of the sender that the enterprise lies in
-- (1 nation .. 5 town); 0: for all divisions, or of a build before.
ALTER TABLE report ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE report_revision ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;

-- The bureau whose report the centre had count, whichever is nearest; NULL: none. It holds as long as it is the report's own bureau.
ALTER TABLE report ADD COLUMN chosen TEXT;
ALTER TABLE report_revision ADD COLUMN chosen TEXT;

-- Reports that do not count, since a nearer bureau's does, or one that the centre chose. They are in no figure.
CREATE TABLE report_aside (
    enterprise TEXT NOT NULL, feed TEXT NOT NULL, period TEXT NOT NULL,
    bureau TEXT NOT NULL,
    revision INTEGER NOT NULL,           -- counted for each bureau by itself
    basis TEXT NOT NULL, status TEXT NOT NULL, nil INTEGER NOT NULL,
    submission TEXT NOT NULL, row INTEGER NOT NULL,
    content_hash INTEGER NOT NULL, note TEXT, standing INTEGER NOT NULL,
    committed_at TEXT NOT NULL,
    replaced_at TEXT,                    -- another of the same bureau took its place, or it was taken back
    withdrawn_by TEXT, withdraw_reason TEXT,
    lines TEXT NOT NULL,                 -- JSON
    PRIMARY KEY (enterprise, feed, period, bureau, revision)
) WITHOUT ROWID;
CREATE INDEX report_aside_submission ON report_aside (bureau, submission, row);

-- Decisions of the centre which bureau's report counts, by the revision that each made.
CREATE TABLE report_choice (
    enterprise TEXT NOT NULL, feed TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL,
    bureau TEXT NOT NULL,                -- empty: whichever is nearest again
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (enterprise, feed, period, revision)
) WITHOUT ROWID;
