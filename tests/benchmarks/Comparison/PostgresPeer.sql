-- The peer: reports keyed (period, enterprise, feed), as the fastest order of keys is. Places are numbers: codes of regions, 0 the nation,
-- 10,000,000 and up estates.
CREATE TABLE enterprise (
    id int PRIMARY KEY, name text NOT NULL UNIQUE, county int NOT NULL, estate int NOT NULL, division int NOT NULL, source text NOT NULL);
CREATE TABLE place_of (county int, estate int, place int, PRIMARY KEY (county, estate, place));
CREATE TABLE report (
    period int, enterprise int, feed int, amount bigint NOT NULL, supplier int NOT NULL, revision int NOT NULL, PRIMARY KEY (period, enterprise, feed));
CREATE TABLE receipt (
    submission text, first_row bigint, row_count int NOT NULL, committed_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (submission, first_row));

-- Triggers.
CREATE TABLE report_history (
    period int, enterprise int, feed int, amount bigint NOT NULL, supplier int NOT NULL, revision int NOT NULL, replaced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (period, enterprise, feed, revision));

-- Sums by place, feed, division and source (FDI; else empty), and how many enterprises they are of.
CREATE TABLE cell (
    period int, place int, feed int, division int, source text, amount bigint NOT NULL, members bigint NOT NULL,
    PRIMARY KEY (period, place, feed, division, source)) WITH (fillfactor = 50);

-- Enterprises with a purchase in the last twelve months, and how many of them a place has.
CREATE TABLE linked (period int, enterprise int, PRIMARY KEY (period, enterprise));
CREATE TABLE linked_count (period int, place int, enterprises bigint NOT NULL, PRIMARY KEY (period, place)) WITH (fillfactor = 50);

CREATE FUNCTION inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cell AS c (period, place, feed, division, source, amount, members)
    SELECT n.period, p.place, n.feed, e.division, CASE n.feed WHEN 4 THEN e.source ELSE '' END, sum(n.amount), count(*)
    FROM fresh n JOIN enterprise e ON e.id = n.enterprise JOIN place_of p ON p.county = e.county AND p.estate = e.estate
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (period, place, feed, division, source) DO UPDATE SET amount = c.amount + excluded.amount, members = c.members + excluded.members;
    IF EXISTS (SELECT FROM fresh WHERE feed = 5) THEN
        INSERT INTO linked (period, enterprise)
        SELECT n.period + m, n.enterprise FROM fresh n, generate_series(0, 11) m WHERE n.feed = 5 ORDER BY 1, 2 ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION linked_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO linked_count AS c (period, place, enterprises)
    SELECT n.period, p.place, count(*)
    FROM fresh n JOIN enterprise e ON e.id = n.enterprise JOIN place_of p ON p.county = e.county AND p.estate = e.estate
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (period, place) DO UPDATE SET enterprises = c.enterprises + excluded.enterprises;
    RETURN NULL;
END $$;

CREATE FUNCTION updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_history (period, enterprise, feed, amount, supplier, revision)
    SELECT period, enterprise, feed, amount, supplier, revision FROM stale ORDER BY 1, 2, 3, 6;
    INSERT INTO cell AS c (period, place, feed, division, source, amount, members)
    SELECT n.period, p.place, n.feed, e.division, CASE n.feed WHEN 4 THEN e.source ELSE '' END, sum(n.amount - o.amount), 0
    FROM fresh n JOIN stale o USING (period, enterprise, feed)
        JOIN enterprise e ON e.id = n.enterprise JOIN place_of p ON p.county = e.county AND p.estate = e.estate
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (period, place, feed, division, source) DO UPDATE SET amount = c.amount + excluded.amount;
    RETURN NULL;
END $$;

CREATE TRIGGER report_inserted AFTER INSERT ON report REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION inserted();
CREATE TRIGGER report_updated AFTER UPDATE ON report REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION updated();
CREATE TRIGGER linked_inserted AFTER INSERT ON linked REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION linked_inserted();
