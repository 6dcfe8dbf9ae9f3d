-- Cells of a flow that differ.
SELECT p.name, c.industry, c.dimension, c.month, c.live, c.recomputed
FROM audit_cell c JOIN audit_place p ON p.no = c.place WHERE c.live <> c.recomputed
ORDER BY c.place, c.industry, c.dimension, c.month;
