-- The reports of @feed that count, their lines, and what each means for its own month.

DELETE FROM audit_report;
DELETE FROM audit_part;
DELETE FROM audit_value;
DELETE FROM audit_total;

-- A withdrawn report counts as never made.
INSERT INTO audit_report
SELECT e.no, substr(r.period, 1, 4) * 12 + substr(r.period, 6, 2) - 1, r.basis = 'year_to_date', NULL, r.basis <> 'year_to_date'
FROM report_month m CROSS JOIN audit_enterprise e CROSS JOIN report r ON r.period = m.period AND r.enterprise = e.id AND r.feed = @feed
WHERE r.withdrawn = 0
ORDER BY 1, 2;

INSERT INTO audit_part
SELECT r.enterprise, r.month, l.line, l.currency, l.source, l.ultimate_source, l.investor, l.supplier_locality, l.amount
FROM audit_line l
    CROSS JOIN audit_enterprise e ON e.id = l.enterprise
    CROSS JOIN audit_report r ON r.enterprise = e.no AND r.month = substr(l.period, 1, 4) * 12 + substr(l.period, 6, 2) - 1
WHERE l.feed = @feed;

-- A sum since January is its own month's value once the sum up to the month before is taken off: the newest earlier sum of
-- the year and the months after it; where there is no earlier sum, all months of the year so far.
UPDATE audit_report AS r
SET after = coalesce(
    (SELECT max(b.month) FROM audit_report b
     WHERE b.enterprise = r.enterprise AND b.month >= r.month - r.month % 12 AND b.month < r.month AND b.to_date),
    r.month - r.month % 12)
WHERE r.to_date;

-- None of these months may be missing; January may, since February's sum then holds both.
UPDATE audit_report AS r
SET known = max(0, r.month - r.after - 1) =
    (SELECT count(*) FROM audit_report b WHERE b.enterprise = r.enterprise AND b.month > r.after AND b.month < r.month)
WHERE r.to_date;

INSERT INTO audit_value
SELECT p.enterprise, p.month, p.currency, p.source, p.ultimate_source, p.investor, p.supplier_locality, p.amount
FROM audit_report r CROSS JOIN audit_part p ON p.enterprise = r.enterprise AND p.month = r.month
WHERE r.known
UNION ALL
SELECT r.enterprise, r.month, p.currency, p.source, p.ultimate_source, p.investor, p.supplier_locality, -p.amount
FROM audit_report r CROSS JOIN audit_part p ON p.enterprise = r.enterprise AND p.month >= r.after AND p.month < r.month
WHERE r.known AND r.to_date;

INSERT INTO audit_total
SELECT enterprise, month, currency, sum(amount) FROM audit_value GROUP BY enterprise, month, currency;
