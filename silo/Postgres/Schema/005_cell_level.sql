-- New builds bring new measures, which older ones cannot store. Levels number the sets of measures, from 1. Older builds leave the
-- columns empty.
ALTER TABLE writer ADD COLUMN knows integer;
COMMENT ON COLUMN writer.knows IS 'Level of measures that its build knows';
ALTER TABLE writer ADD COLUMN cells integer;
COMMENT ON COLUMN writer.cells IS 'Level of measures that its commits log';

CREATE TABLE cell_level (
    id integer PRIMARY KEY CHECK (id = 1),
    logged integer NOT NULL,
    rebuilt integer NOT NULL
);
COMMENT ON TABLE cell_level IS 'One row; none: level 1 throughout';
COMMENT ON COLUMN cell_level.logged IS 'Level of measures that all commits log';
COMMENT ON COLUMN cell_level.rebuilt IS 'Level of measures that places hold since all was rebuilt';
