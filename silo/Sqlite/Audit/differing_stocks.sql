-- Months in which a stock, the sum of all changes up to then, differs. Only series with a change that differs can: each is
-- read month by month over all months that the measure has.
WITH RECURSIVE
    range (month, last) AS (
        SELECT min(month), max(month) FROM audit_compared
        UNION ALL
        SELECT month + 1, last FROM range WHERE month < last),
    differing AS (
        SELECT DISTINCT place, series FROM audit_compared WHERE live <> recomputed),
    stock AS (
        SELECT d.place, d.series, r.month,
            sum(coalesce(c.live, 0)) OVER upto AS live, sum(coalesce(c.recomputed, 0)) OVER upto AS recomputed
        FROM differing d CROSS JOIN range r
            LEFT JOIN audit_cell c ON c.id = (d.place << 40) | (d.series << 16) | r.month
        WINDOW upto AS (PARTITION BY d.place, d.series ORDER BY r.month))
SELECT p.name, s.industry, s.dimension, stock.month, stock.live, stock.recomputed
FROM stock JOIN audit_place p ON p.no = stock.place JOIN audit_series s ON s.no = stock.series
WHERE stock.live <> stock.recomputed
ORDER BY p.name, s.industry, s.dimension, stock.month;
