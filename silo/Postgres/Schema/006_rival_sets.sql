CREATE TABLE rival_set (
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    name_zh text NOT NULL, name_en text NOT NULL,
    regions text NOT NULL,
    sources text NOT NULL,
    industries text NOT NULL,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL,
    PRIMARY KEY (id, version)
);
COMMENT ON TABLE rival_set IS
    'Regions that compete for the same investment. Rows are only added; the newest version of a set holds, unless it takes it back';
COMMENT ON COLUMN rival_set.regions IS 'JSON array of codes';
COMMENT ON COLUMN rival_set.sources IS 'JSON array of ISO 3166 alpha-2: to be watched in particular';
COMMENT ON COLUMN rival_set.industries IS 'JSON array of GB/T 4754 codes of two to four digits';
