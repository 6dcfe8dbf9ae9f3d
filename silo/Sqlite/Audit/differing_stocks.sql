-- Months in which a stock, the sum of all changes up to then, differs. Only series with a change that differs can: each is
-- read month by month over all months that the measure has.
WITH RECURSIVE
    range (month, last) AS (
        SELECT min(month), max(month) FROM audit_cell
        UNION ALL
        SELECT month + 1, last FROM range WHERE month < last),
    series AS (
        SELECT DISTINCT place, industry, dimension FROM audit_cell WHERE live <> recomputed),
    stock AS (
        SELECT s.place, s.industry, s.dimension, r.month,
            sum(coalesce(c.live, 0)) OVER upto AS live, sum(coalesce(c.recomputed, 0)) OVER upto AS recomputed
        FROM series s CROSS JOIN range r
            LEFT JOIN audit_cell c
                ON c.place = s.place AND c.industry = s.industry AND c.dimension = s.dimension AND c.month = r.month
        WINDOW upto AS (PARTITION BY s.place, s.industry, s.dimension ORDER BY r.month))
SELECT p.name, s.industry, s.dimension, s.month, s.live, s.recomputed
FROM stock s JOIN audit_place p ON p.no = s.place WHERE s.live <> s.recomputed
ORDER BY s.place, s.industry, s.dimension, s.month;
