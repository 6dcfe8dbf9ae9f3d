-- What registration says beyond where and what an enterprise is; when estates cease; due days; who must report.
ALTER TABLE enterprise_profile ADD COLUMN size TEXT;       -- large, medium, small, micro; NULL: not known
ALTER TABLE enterprise_profile ADD COLUMN successor TEXT;  -- the enterprise that took it over when it closed
CREATE INDEX enterprise_profile_region ON enterprise_profile (region, enterprise);

ALTER TABLE estate ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE estate ADD COLUMN closed_from TEXT;            -- first month in which it exists no more

-- Codes and names of regions that are former ones, as built in, for queries by hand.
CREATE TABLE former_region (
    code TEXT NOT NULL, level TEXT NOT NULL, parent TEXT NOT NULL,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    valid_from TEXT,                     -- NULL: as far back as there are reports
    valid_to TEXT NOT NULL,              -- last month
    successors TEXT NOT NULL,            -- JSON array of codes of today that came in its place
    PRIMARY KEY (code, valid_to)
) WITHOUT ROWID;

-- Until when reports are due. Rows are only added; the newest version holds.
CREATE TABLE reporting_calendar (
    version INTEGER PRIMARY KEY,         -- 1, 2, 3, ...
    feeds TEXT NOT NULL,                 -- JSON array: due day, days of grace, year to date, months that are due on another day
    weekends_off INTEGER NOT NULL,
    holidays TEXT NOT NULL,              -- JSON array of days
    working_days TEXT NOT NULL,          -- JSON array of days that are worked in exchange
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL
);

-- Who must report feeds, or need not. Rows are only added; the newest version of a rule holds, unless it takes it back.
CREATE TABLE obligation_rule (
    id TEXT NOT NULL, version INTEGER NOT NULL, deleted INTEGER NOT NULL,
    exempt INTEGER NOT NULL,             -- 1: need not report
    feeds TEXT NOT NULL, enterprises TEXT NOT NULL, regions TEXT NOT NULL, industries TEXT NOT NULL,
    ownerships TEXT NOT NULL, sizes TEXT NOT NULL, -- JSON arrays; an empty one does not narrow
    valid_from TEXT, valid_to TEXT,      -- first and last month
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;
