-- Named sets of industries. The newest version of an id holds; one that says deleted takes it back.
CREATE TABLE cluster_definition (
    id TEXT NOT NULL, version INTEGER NOT NULL,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    industries TEXT NOT NULL,            -- JSON array of GB/T 4754 codes of two to four digits
    regions TEXT NOT NULL,               -- JSON array of codes of regions where it is declared a cluster
    deleted INTEGER NOT NULL,
    decided_by TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;

-- The watch list. The newest row of (region, cluster) holds.
CREATE TABLE cluster_watch (
    no INTEGER PRIMARY KEY,
    region TEXT NOT NULL,
    cluster TEXT NOT NULL,               -- code of an industry or id of a definition; empty: the region itself
    watched INTEGER NOT NULL,
    decided_by TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL
);
