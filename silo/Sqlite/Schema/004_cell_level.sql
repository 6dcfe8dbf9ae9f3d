-- New builds bring new measures, which older ones cannot store. Levels number the sets of measures, from 1.
ALTER TABLE writer ADD COLUMN knows INTEGER;   -- level of its build; older builds leave it empty
ALTER TABLE writer ADD COLUMN cells INTEGER;   -- level that its commits log

-- One row; none: level 1 throughout.
CREATE TABLE cell_level (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    logged INTEGER NOT NULL,             -- level that all commits log
    rebuilt INTEGER NOT NULL             -- level that places hold since all was rebuilt
);
