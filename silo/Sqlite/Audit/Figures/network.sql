-- The network of enterprises that buy from each other. Estates have none, since of suppliers the region alone is known.

INSERT INTO audit_figure
WITH
    net AS (
        SELECT a.indicator, a.place, a.month, p.name LIKE 'estates/%' AS estate,
            (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'active' AND s.place = a.place AND s.month = a.month) AS firms,
            (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'network_link' AND s.place = a.place AND s.month = a.month) AS links,
            (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'network_buyer' AND s.place = a.place AND s.month = a.month) AS buyers,
            (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'network_pair' AND s.place = a.place AND s.month = a.month) AS directions,
            (SELECT total(s.amount) FROM audit_stock s
             WHERE s.measure = 'network_pair' AND s.place = a.place AND s.month = a.month AND s.amount = 2) AS reciprocal
        FROM audit_asked a JOIN audit_place p ON p.no = a.place
        WHERE a.indicator IN ('network_density', 'network_reciprocity', 'network_mean_suppliers')),
    part AS (
        SELECT indicator, place, month, estate OR (indicator = 'network_reciprocity' AND directions <> links) AS never,
            iif(indicator = 'network_reciprocity', reciprocal, links) AS numerator,
            CASE indicator WHEN 'network_density' THEN firms * (firms - 1) WHEN 'network_reciprocity' THEN links ELSE buyers END AS denominator
        FROM net)
SELECT indicator, place, '', month, iif(never OR denominator = 0, NULL, numerator / denominator),
    CASE WHEN never THEN 'not_applicable' WHEN denominator = 0 THEN 'no_denominator' ELSE 'none' END
FROM part;
