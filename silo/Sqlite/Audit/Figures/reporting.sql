-- What is known of reporting itself. Where nobody is expected to report, nothing is said.

CREATE TEMP TABLE audit_reporting (
    indicator TEXT NOT NULL, place INTEGER NOT NULL, feed TEXT NOT NULL, month INTEGER NOT NULL, given INTEGER NOT NULL,
    expected INTEGER NOT NULL, reported INTEGER NOT NULL, by_value REAL NOT NULL, complete INTEGER NOT NULL);

-- given: the month that the figure is given for; the calendar of a feed may be at another one.
INSERT INTO audit_reporting
WITH month AS (
    SELECT a.indicator, a.place, f.column1 AS feed, iif(a.indicator = 'feed_overdue', c.month, a.month) AS month, a.month AS given
    FROM audit_asked a
        CROSS JOIN (VALUES ('output'), ('export'), ('employment'), ('fdi'), ('linkage')) f
        LEFT JOIN audit_closed c ON c.feed = f.column1
    WHERE a.indicator IN ('reporting_coverage_ratio', 'feed_overdue', 'suspect_reports'))
SELECT m.indicator, m.place, m.feed, m.month, m.given,
    (SELECT coalesce(sum(iif(m.feed IN ('fdi', 'linkage'), f.foreign_funded, f.every)), 0)
     FROM audit_firms f WHERE f.place = m.place AND f.month <= m.month),
    coalesce(v.reported, 0), coalesce(v.by_value, 0), coalesce(v.complete, 0)
FROM month m LEFT JOIN audit_coverage v ON v.place = m.place AND v.feed = m.feed AND v.month = m.month
WHERE m.month IS NOT NULL;

INSERT INTO audit_figure
SELECT indicator, place, 'by=' || b.column1 || ',feed=' || feed, given, iif(b.column1 = 'count', 1.0 * reported / expected, by_value), 'none'
FROM audit_reporting CROSS JOIN (VALUES ('count'), ('value')) b
WHERE indicator = 'reporting_coverage_ratio' AND expected > 0
UNION ALL
SELECT indicator, place, 'feed=' || feed, given, NOT complete, 'none'
FROM audit_reporting WHERE indicator = 'feed_overdue' AND expected > 0
UNION ALL
SELECT r.indicator, r.place, 'feed=' || r.feed, r.given, coalesce(a.plain, 0), 'none'
FROM audit_reporting r LEFT JOIN audit_amount a ON a.measure = 'suspect' AND a.place = r.place AND a.head = r.feed AND a.month = r.month
WHERE r.indicator = 'suspect_reports' AND r.expected > 0 AND r.feed IN ('output', 'export', 'employment');
