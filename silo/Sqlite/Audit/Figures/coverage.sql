-- Which months of a feed are complete.

-- Changes of the number of active enterprises.
CREATE TEMP TABLE audit_firms (
    place INTEGER NOT NULL, month INTEGER NOT NULL, every INTEGER NOT NULL, foreign_funded INTEGER NOT NULL,
    PRIMARY KEY (place, month)
) WITHOUT ROWID;

CREATE TEMP VIEW audit_counted AS
SELECT t.place, t.month, sum(t.recomputed) AS every, sum(iif(rtrim(s.head, '+') IN ('hmt', 'foreign'), t.recomputed, 0)) AS foreign_funded
FROM audit_series s CROSS JOIN audit_truth t ON t.series = s.no
WHERE s.measure = 'active' AND s.industry = ''
GROUP BY t.place, t.month;

INSERT INTO audit_firms SELECT * FROM audit_counted;

-- From the first month with a report to the last one. Domestic enterprises need not report fdi and linkage.
CREATE TEMP TABLE audit_due (
    place INTEGER NOT NULL, feed TEXT NOT NULL, no INTEGER NOT NULL, month INTEGER NOT NULL,
    expected INTEGER NOT NULL, reported INTEGER NOT NULL,
    PRIMARY KEY (place, feed, no)
) WITHOUT ROWID;

INSERT INTO audit_due
WITH RECURSIVE
    month (place, feed, month, last) AS (
        SELECT place, head, min(month), max(month) FROM audit_amount WHERE measure = 'reported' GROUP BY place, head
        UNION ALL
        SELECT place, feed, month + 1, last FROM month WHERE month < last),
    counted AS (
        SELECT m.place, m.feed, m.month,
            (SELECT coalesce(sum(iif(m.feed IN ('fdi', 'linkage'), f.foreign_funded, f.every)), 0)
             FROM audit_firms f WHERE f.place = m.place AND f.month <= m.month) AS expected,
            coalesce(a.plain, 0) AS reported
        FROM month m
            LEFT JOIN audit_amount a ON a.measure = 'reported' AND a.place = m.place AND a.head = m.feed AND a.month = m.month)
SELECT place, feed, row_number() OVER (PARTITION BY place, feed ORDER BY month), month, expected, reported
FROM counted WHERE expected <> 0;

-- What those expected had in earlier months. It is money, or persons, which need no rate.
CREATE TEMP TABLE audit_prior (
    place INTEGER NOT NULL, head TEXT NOT NULL, month INTEGER NOT NULL, expected REAL, reported REAL,
    PRIMARY KEY (place, head, month)
) WITHOUT ROWID;

INSERT INTO audit_prior
SELECT e.place, e.head, e.month, iif(e.head LIKE 'fdi|%', e.usd, e.cny),
    CASE WHEN r.place IS NULL THEN 0 WHEN e.head LIKE 'fdi|%' THEN r.usd ELSE r.cny END
FROM audit_amount e
    LEFT JOIN audit_amount r ON r.measure = 'prior_reported' AND r.place = e.place AND r.head = e.head AND r.month = e.month
WHERE e.measure = 'prior_expected';

-- By value, weighed by the last complete month, if that is one to three months back; else by count. 0.95 makes a month complete.
CREATE TEMP TABLE audit_coverage (
    place INTEGER NOT NULL, feed TEXT NOT NULL, month INTEGER NOT NULL, expected INTEGER NOT NULL, reported INTEGER NOT NULL,
    by_value REAL NOT NULL, complete INTEGER NOT NULL,
    PRIMARY KEY (place, feed, month)
) WITHOUT ROWID;

-- weighed: the last complete month before.
INSERT INTO audit_coverage
WITH RECURSIVE walk (place, feed, no, month, expected, reported, weighed, by_value) AS (
    SELECT place, feed, no, month, expected, reported, NULL, 1.0 * reported / expected FROM audit_due WHERE no = 1
    UNION ALL
    SELECT d.place, d.feed, d.no, d.month, d.expected, d.reported, iif(w.by_value >= 0.95, w.month, w.weighed),
        coalesce(
            (SELECT p.reported / p.expected FROM audit_prior p
             WHERE p.place = d.place AND p.month = d.month AND p.expected > 0
                AND p.head = d.feed || '|' || (d.month - iif(w.by_value >= 0.95, w.month, w.weighed))),
            1.0 * d.reported / d.expected)
    FROM walk w CROSS JOIN audit_due d ON d.place = w.place AND d.feed = w.feed AND d.no = w.no + 1)
SELECT place, feed, month, expected, reported, by_value, by_value >= 0.95 FROM walk;
