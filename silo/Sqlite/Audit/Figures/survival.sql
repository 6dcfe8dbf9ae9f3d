-- Links of a year ago that are alive. Applies where reports go back a full window before.
INSERT INTO audit_figure
WITH link AS (
    SELECT a.place, a.month, c.month IS NOT NULL AS applies,
        (SELECT total(s.amount) FROM audit_stock s WHERE s.measure = 'link_survived' AND s.place = a.place AND s.month = a.month) AS survived,
        (SELECT total(s.amount) FROM audit_stock s
         WHERE s.measure = 'supplier_reached' AND s.place = a.place AND s.month = a.month - 12) AS links
    FROM audit_asked a
        LEFT JOIN audit_coverage c ON c.place = a.place AND c.feed = 'linkage' AND c.month = a.month - 12 - 11
    WHERE a.indicator = 'link_survival_ratio')
SELECT 'link_survival_ratio', place, '', month, iif(applies AND links <> 0, survived / links, NULL),
    CASE WHEN NOT applies THEN 'not_applicable' WHEN links = 0 THEN 'no_denominator' ELSE 'none' END
FROM link;
