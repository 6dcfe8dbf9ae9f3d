-- Both sides of @measure, cell by cell: checkpoints and log, and what facts add up to along the tree.

DELETE FROM audit_cell;

INSERT INTO audit_cell
WITH side (place, industry, dimension, month, live, recomputed) AS (
    SELECT p.no, c.industry, c.dimension, substr(c.period, 1, 4) * 12 + substr(c.period, 6, 2) - 1, c.amount, 0
    FROM audit_place p CROSS JOIN cell c ON c.place = p.name AND c.measure = @measure
    UNION ALL
    SELECT place, industry, dimension, month, amount, 0 FROM audit_logged WHERE measure = @measure
    UNION ALL
    SELECT a.place, l.industry, l.dimension, l.month, 0, l.amount
    FROM audit_leaf l CROSS JOIN audit_path a ON a.leaf = l.place WHERE l.measure = @measure)
SELECT place, industry, dimension, month, sum(live), sum(recomputed) FROM side
GROUP BY place, industry, dimension, month
HAVING sum(live) <> 0 OR sum(recomputed) <> 0;

DELETE FROM audit_leaf WHERE measure = @measure;
DELETE FROM audit_logged WHERE measure = @measure;
