-- Figures that differ, or that one side has only. The product adds up money in decimals, so the last digits may differ.
SELECT p.name, indicator, labels, s.month, s.value, s.reason, f.month, f.value, f.reason
FROM audit_said s FULL JOIN audit_figure f USING (place, indicator, labels) JOIN audit_place p ON p.no = place
WHERE s.month IS NOT f.month OR s.reason IS NOT f.reason
    OR (s.value IS NULL) <> (f.value IS NULL) OR abs(s.value - f.value) > 1e-9 * max(1, abs(s.value), abs(f.value))
ORDER BY p.name, indicator, labels;
