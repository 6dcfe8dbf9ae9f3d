-- Cells of a flow that differ.
SELECT p.name, s.industry, s.dimension, c.month, c.live, c.recomputed
FROM audit_compared c JOIN audit_place p ON p.no = c.place JOIN audit_series s ON s.no = c.series
WHERE c.live <> c.recomputed
ORDER BY p.name, s.industry, s.dimension, c.month;
