-- Figures of clusters are figures of their regions, with one label more. Labels are in the order of their names.
INSERT INTO audit_figure
SELECT f.indicator, c.place,
    CASE
        WHEN f.labels = '' THEN 'industry=' || c.label
        WHEN f.labels LIKE 'attribute=%' THEN replace(f.labels, ',measure=', ',industry=' || c.label || ',measure=')
        ELSE 'industry=' || c.label || ',' || f.labels END,
    f.month, f.value, f.reason
FROM audit_figure f JOIN audit_cluster c ON c.no = f.place;

DELETE FROM audit_figure WHERE place IN (SELECT no FROM audit_cluster);

DELETE FROM audit_place WHERE no IN (SELECT no FROM audit_cluster);
