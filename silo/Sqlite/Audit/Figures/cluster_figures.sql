-- An industry that nobody names is a cluster in the months in which it is recognised.
DELETE FROM audit_figure
WHERE EXISTS (
    SELECT 1 FROM audit_cluster c
    WHERE c.no = audit_figure.place AND NOT c.named AND NOT EXISTS (
        SELECT 1 FROM audit_recognised k
        WHERE k.place = c.place AND k.industry = c.label AND k.recognised
            AND k.month = (SELECT max(j.month) FROM audit_judged j WHERE j.place = c.place AND j.month <= audit_figure.month)));

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
