-- Both sides of @measure, cell by cell: checkpoints and log, and what facts add up to along the tree.

DELETE FROM audit_cell;

INSERT INTO audit_series (measure, industry, dimension, head, currency, lag)
WITH
    named AS (
        SELECT c.industry, c.dimension FROM audit_place p CROSS JOIN cell c ON c.place = p.name AND c.measure = @measure WHERE p.wanted
        UNION SELECT industry, dimension FROM audit_logged WHERE measure = @measure
        UNION SELECT industry, dimension FROM audit_leaf WHERE measure = @measure),
    cut AS (SELECT *, length(rtrim(dimension, replace(dimension, '|', ''))) AS at FROM named)
SELECT @measure, industry, dimension,
    iif(at = 0, dimension, substr(dimension, 1, at - 1)), iif(at = 0, '', substr(dimension, at + 1)),
    CASE
        WHEN @measure IN ('matched_then', 'prior_expected', 'prior_reported')
            THEN substr(dimension, instr(dimension, '|') + 1, at - 1 - instr(dimension, '|'))
        WHEN @measure IN ('output_matched_then', 'suspect_then') THEN 12
        ELSE 0 END
FROM cut;

INSERT INTO audit_cell
SELECT (p.no << 40) | (s.no << 16) | (substr(c.period, 1, 4) * 12 + substr(c.period, 6, 2) - 1), c.amount, 0
FROM audit_place p
    CROSS JOIN cell c ON c.place = p.name AND c.measure = @measure
    CROSS JOIN audit_series s ON s.measure = @measure AND s.industry = c.industry AND s.dimension = c.dimension
WHERE p.wanted;

INSERT INTO audit_cell
SELECT (l.place << 40) | (s.no << 16) | l.month, l.amount, 0
FROM audit_logged l CROSS JOIN audit_series s ON s.measure = @measure AND s.industry = l.industry AND s.dimension = l.dimension
WHERE l.measure = @measure
ON CONFLICT DO UPDATE SET live = live + excluded.live;

INSERT INTO audit_cell
SELECT (a.place << 40) | (s.no << 16) | l.month, 0, l.amount
FROM audit_leaf l
    CROSS JOIN audit_series s ON s.measure = @measure AND s.industry = l.industry AND s.dimension = l.dimension
    CROSS JOIN audit_path a ON a.leaf = l.place
    CROSS JOIN audit_place p ON p.no = a.place
WHERE l.measure = @measure
    -- Pairs and enterprises are kept up to the locality, and in estates.
    AND (@measure NOT IN ('network_pair', 'enterprise_output', 'buyer_suppliers') OR p.name LIKE 'estates/%' OR (SELECT r.locality FROM region r WHERE r.code = substr(p.name, 9)) IS NOT NULL)
ON CONFLICT DO UPDATE SET recomputed = recomputed + excluded.recomputed;

INSERT INTO audit_truth
SELECT series, place, month, live, recomputed FROM audit_compared ORDER BY series, place, month;

DELETE FROM audit_leaf WHERE measure = @measure;
DELETE FROM audit_logged WHERE measure = @measure;
