CREATE TABLE cluster_definition (
    id text COLLATE "C" NOT NULL, version bigint NOT NULL,
    name_zh text NOT NULL, name_en text NOT NULL,
    industries text NOT NULL, regions text NOT NULL, deleted boolean NOT NULL,
    decided_by text NOT NULL, decided_at timestamptz NOT NULL,
    PRIMARY KEY (id, version)
);
COMMENT ON TABLE cluster_definition IS
    'Named sets of industries; the newest version of an id holds, one that says deleted takes it back';
COMMENT ON COLUMN cluster_definition.industries IS 'JSON array of GB/T 4754 codes of two to four digits';
COMMENT ON COLUMN cluster_definition.regions IS 'JSON array of codes of regions where it is declared a cluster';

CREATE TABLE cluster_watch (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region text COLLATE "C" NOT NULL, cluster text COLLATE "C" NOT NULL, watched boolean NOT NULL,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL
);
COMMENT ON TABLE cluster_watch IS 'The watch list; the newest row of (region, cluster) holds';
COMMENT ON COLUMN cluster_watch.cluster IS 'Code of an industry or id of a cluster definition; empty: the region itself';
