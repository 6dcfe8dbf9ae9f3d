-- Who sent a batch, and the checksum of its rows. NULL in receipts of builds before.
ALTER TABLE receipt ADD COLUMN rows_sha256 TEXT;
ALTER TABLE receipt ADD COLUMN sender TEXT;

-- How a submission was taken back; all NULL where it was not.
ALTER TABLE submission ADD COLUMN withdrawn_by TEXT;
ALTER TABLE submission ADD COLUMN withdraw_reason TEXT;
ALTER TABLE submission ADD COLUMN withdrawn_at TEXT;
ALTER TABLE submission ADD COLUMN withdraw_finished_at TEXT;  -- NULL: under way
ALTER TABLE submission ADD COLUMN withdraw_row INTEGER;       -- rows before it have been looked at
ALTER TABLE submission ADD COLUMN withdrawn_reports INTEGER;
CREATE INDEX submission_withdrawal ON submission (state) WHERE state = 'withdrawn' AND withdraw_finished_at IS NULL;

-- What a submission brought, row by row.
CREATE INDEX report_submission ON report (bureau, submission, row);

-- 1: when it was committed it was far from what enterprises of the same division and size report.
ALTER TABLE report ADD COLUMN outlier INTEGER NOT NULL DEFAULT 0;
