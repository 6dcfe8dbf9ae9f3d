-- Cells as the product holds them, place by place.
SELECT t.place, s.measure, s.industry, s.dimension, t.month, t.live, p.name LIKE 'estates/%'
FROM audit_truth t JOIN audit_series s ON s.no = t.series JOIN audit_place p ON p.no = t.place
WHERE t.live <> 0
ORDER BY t.place;
