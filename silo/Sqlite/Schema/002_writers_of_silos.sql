-- A writer belongs to a silo. Once it is fenced and all it had committed has reached the places, it is buried.
ALTER TABLE writer RENAME COLUMN host TO silo;
ALTER TABLE writer ADD COLUMN buried_at TEXT;
UPDATE writer SET buried_at = opened_at WHERE fenced = 1;
