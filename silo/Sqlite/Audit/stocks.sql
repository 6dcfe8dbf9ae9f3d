-- Stocks that follow from profiles and estates alone: +1 in the first month, -1 in the first one after the last.

INSERT INTO audit_leaf
WITH change (place, industry, kind, month, amount) AS (
    SELECT place, industry, kind, since, 1 FROM audit_home WHERE NOT closed
    UNION ALL
    SELECT place, industry, kind, until, -1 FROM audit_home WHERE NOT closed AND until < 999999)
SELECT place, 'active', industry, kind, month, sum(amount) FROM change GROUP BY place, industry, kind, month;

INSERT INTO audit_leaf
SELECT place, 'active', '', dimension, month, sum(amount) FROM audit_leaf WHERE measure = 'active' GROUP BY place, dimension, month;

-- What profiles say that is finer than the division.
INSERT INTO audit_leaf
WITH change (place, class, kind, month, amount) AS (
    SELECT place, class, kind, since, 1 FROM audit_home WHERE NOT closed AND class <> industry
    UNION ALL
    SELECT place, class, kind, until, -1 FROM audit_home WHERE NOT closed AND until < 999999 AND class <> industry)
SELECT place, 'active_by_class', class, kind, month, sum(amount) FROM change GROUP BY place, class, kind, month;

INSERT INTO audit_leaf
WITH change (region, period, amount) AS (
    SELECT region, valid_from, 1 FROM estate
    UNION ALL
    SELECT region, closed_from, -1 FROM estate WHERE closed_from IS NOT NULL)
SELECT p.no, 'estates', '', '', substr(e.period, 1, 4) * 12 + substr(e.period, 6, 2) - 1 AS month, sum(e.amount)
FROM change e JOIN audit_place p ON p.name = 'regions/' || e.region GROUP BY p.no, month;

-- Births: the first month in which an enterprise is not closed, where it is then. Deaths: the month after the last one, where it
-- was in that. A move is neither.
INSERT INTO audit_leaf
SELECT h.place, 'births', '', '', h.since, count(*)
FROM audit_home h
WHERE NOT h.closed AND NOT EXISTS (SELECT 1 FROM audit_home e WHERE e.enterprise = h.enterprise AND e.since < h.since AND NOT e.closed)
GROUP BY h.place, h.since;

INSERT INTO audit_leaf
SELECT h.place, 'deaths', '', '', h.until, count(*)
FROM audit_home h
WHERE NOT h.closed AND h.until < 999999
    AND NOT EXISTS (SELECT 1 FROM audit_home l WHERE l.enterprise = h.enterprise AND l.since > h.since AND NOT l.closed)
GROUP BY h.place, h.until;
