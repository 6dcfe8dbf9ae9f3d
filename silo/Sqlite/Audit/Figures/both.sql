-- Every figure as both sides have it.
SELECT p.name, indicator, labels, s.month, s.value, s.reason, f.month, f.value, f.reason
FROM audit_said s FULL JOIN audit_figure f USING (place, indicator, labels) JOIN audit_place p ON p.no = place
ORDER BY p.name, indicator, labels;
