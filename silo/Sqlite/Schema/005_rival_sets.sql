-- Regions that compete for the same investment. Rows are only added; the newest version of a set holds, unless it takes it back.
CREATE TABLE rival_set (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,            -- 1, 2, 3, ... of the set
    deleted INTEGER NOT NULL,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    regions TEXT NOT NULL,               -- JSON array of codes
    sources TEXT NOT NULL,               -- JSON array of ISO 3166 alpha-2: to be watched in particular
    industries TEXT NOT NULL,            -- JSON array of GB/T 4754 codes of two to four digits
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;
