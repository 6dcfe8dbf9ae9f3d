ALTER TABLE enterprise_profile ADD COLUMN size text;
COMMENT ON COLUMN enterprise_profile.size IS 'large, medium, small, micro; NULL: not known';
ALTER TABLE enterprise_profile ADD COLUMN successor text;
COMMENT ON COLUMN enterprise_profile.successor IS 'The enterprise that took it over when it closed';
CREATE INDEX enterprise_profile_region ON enterprise_profile (region, enterprise);

ALTER TABLE estate ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE estate ADD COLUMN closed_from text;
COMMENT ON COLUMN estate.closed_from IS 'First month in which it exists no more';

CREATE TABLE former_region (
    code text COLLATE "C" NOT NULL, level text NOT NULL, parent text NOT NULL,
    name_zh text NOT NULL, name_en text NOT NULL,
    valid_from text, valid_to text COLLATE "C" NOT NULL, successors text NOT NULL,
    PRIMARY KEY (code, valid_to)
);
COMMENT ON TABLE former_region IS 'Codes and names of regions that are former ones, as built in, for queries by hand';
COMMENT ON COLUMN former_region.valid_from IS 'NULL: as far back as there are reports';
COMMENT ON COLUMN former_region.valid_to IS 'Last month';
COMMENT ON COLUMN former_region.successors IS 'JSON array of codes of today that came in its place';

CREATE TABLE reporting_calendar (
    version bigint PRIMARY KEY,
    feeds text NOT NULL, weekends_off boolean NOT NULL, holidays text NOT NULL, working_days text NOT NULL,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL
);
COMMENT ON TABLE reporting_calendar IS 'Until when reports are due. Rows are only added; the newest version holds';
COMMENT ON COLUMN reporting_calendar.feeds IS 'JSON array: due day, days of grace, year to date, months that are due on another day';
COMMENT ON COLUMN reporting_calendar.holidays IS 'JSON array of days';
COMMENT ON COLUMN reporting_calendar.working_days IS 'JSON array of days that are worked in exchange';

CREATE TABLE obligation_rule (
    id text COLLATE "C" NOT NULL, version bigint NOT NULL, deleted boolean NOT NULL,
    exempt boolean NOT NULL,
    feeds text NOT NULL, enterprises text NOT NULL, regions text NOT NULL, industries text NOT NULL,
    ownerships text NOT NULL, sizes text NOT NULL,
    valid_from text, valid_to text,
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL,
    PRIMARY KEY (id, version)
);
COMMENT ON TABLE obligation_rule IS
    'Who must report feeds, or need not. Rows are only added; the newest version of a rule holds, unless it takes it back';
COMMENT ON COLUMN obligation_rule.exempt IS 'They need not report';
COMMENT ON COLUMN obligation_rule.enterprises IS 'JSON array, as the other lists; an empty one does not narrow';
