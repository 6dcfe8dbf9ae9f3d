ALTER TABLE receipt ADD COLUMN rows_sha256 text;
COMMENT ON COLUMN receipt.rows_sha256 IS 'SHA-256 of the rows as they came; NULL in receipts of builds before';
ALTER TABLE receipt ADD COLUMN sender text;
COMMENT ON COLUMN receipt.sender IS 'Who sent it, as the gateway knows the caller; NULL where callers need not say who they are';

ALTER TABLE submission ADD COLUMN withdrawn_by text;
ALTER TABLE submission ADD COLUMN withdraw_reason text;
ALTER TABLE submission ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE submission ADD COLUMN withdraw_finished_at timestamptz;
ALTER TABLE submission ADD COLUMN withdraw_row bigint;
ALTER TABLE submission ADD COLUMN withdrawn_reports bigint;
COMMENT ON COLUMN submission.withdrawn_at IS 'When it began to be taken back; NULL: it was not';
COMMENT ON COLUMN submission.withdraw_finished_at IS 'NULL: taking it back is under way';
COMMENT ON COLUMN submission.withdraw_row IS 'Rows before it have been looked at';
COMMENT ON COLUMN submission.withdrawn_reports IS 'Reports of it that are taken back so far';
CREATE INDEX submission_withdrawal ON submission (state) WHERE state = 'withdrawn' AND withdraw_finished_at IS NULL;

-- What a submission brought, row by row.
CREATE INDEX report_submission ON report (bureau, submission, row);

ALTER TABLE report ADD COLUMN outlier boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN report.outlier IS 'When it was committed it was far from what enterprises of the same division and size report';
