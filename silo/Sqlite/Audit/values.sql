-- Sums of what @feed says, by what its enterprises were in the month. Only the statements of the feed give rows.

-- output, export, employment: by division, and by kind and currency.
INSERT INTO audit_leaf
SELECT h.place, @feed, h.industry, iif(@feed = 'employment', h.kind, h.kind || '|' || v.currency), v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed IN ('output', 'export', 'employment')
GROUP BY h.place, v.month, h.industry, 4;

INSERT INTO audit_leaf
SELECT place, measure, '', dimension, month, sum(amount) FROM audit_leaf WHERE measure = @feed GROUP BY place, month, dimension;

-- The same by what is finer than a division.
INSERT INTO audit_leaf
SELECT h.place, @feed || '_by_class', h.class, iif(@feed = 'employment', h.kind, h.kind || '|' || v.currency), v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed IN ('output', 'export', 'employment') AND h.class <> h.industry
GROUP BY h.place, v.month, h.class, 4;

-- Enterprises by size, and persons employed by them.
INSERT INTO audit_leaf
SELECT h.place, 'size_count', '', iif(v.amount < @small, 'small', 'large') AS size, v.month, count(*)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'employment'
GROUP BY h.place, v.month, size;

INSERT INTO audit_leaf
SELECT h.place, 'size_employment', '', iif(v.amount < @small, 'small', 'large') AS size, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'employment'
GROUP BY h.place, v.month, size;

-- Squares of persons, in two halves of 32 bits.
INSERT INTO audit_leaf
SELECT h.place, 'employment_square', h.industry, k.column1, v.month,
    sum(iif(k.column1 = 'high', v.amount * v.amount >> 32, v.amount * v.amount & 4294967295))
FROM audit_value v
    CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
    CROSS JOIN (VALUES ('high'), ('low')) k
WHERE @feed = 'employment'
GROUP BY h.place, v.month, h.industry, k.column1;

-- FDI by immediate source, the same by industry, and by ultimate source.
INSERT INTO audit_leaf
SELECT h.place, 'fdi', '', v.source || '|' || v.currency, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'fdi'
GROUP BY h.place, v.month, v.source, v.currency;

INSERT INTO audit_leaf
SELECT h.place, 'fdi_by_industry', h.class, v.source || '|' || v.currency, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'fdi'
GROUP BY h.place, v.month, h.class, v.source, v.currency;

INSERT INTO audit_leaf
SELECT h.place, 'fdi_ultimate', '', v.ultimate_source || '|' || v.currency, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'fdi'
GROUP BY h.place, v.month, v.ultimate_source, v.currency;

-- FDI by investor, an empty name where none is given; output by enterprise.
INSERT INTO audit_leaf
SELECT h.place, 'fdi_investor', '', v.investor || '|' || v.currency, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'fdi'
GROUP BY h.place, v.month, v.investor, v.currency;

INSERT INTO audit_leaf
SELECT h.place, 'enterprise_output', '', e.id || '|' || v.currency, v.month, sum(v.amount)
FROM audit_value v
    CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
    CROSS JOIN audit_enterprise e ON e.no = v.enterprise
WHERE @feed = 'output'
GROUP BY h.place, v.month, e.id, v.currency;

-- Purchases of foreign-funded enterprises: local where the supplier was domestic and in the buyer's locality.
INSERT INTO audit_leaf
SELECT h.place, 'purchases', '', iif(v.supplier_locality = h.locality, 'local|', 'other|') || v.currency AS origin, v.month, sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'linkage' AND h.foreign_funded
GROUP BY h.place, v.month, origin;

INSERT INTO audit_leaf
SELECT h.place, 'purchases_by_industry', h.class, iif(v.supplier_locality = h.locality, 'local|', 'other|') || v.currency AS origin, v.month,
    sum(v.amount)
FROM audit_value v CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month AND h.until > v.month
WHERE @feed = 'linkage' AND h.foreign_funded
GROUP BY h.place, v.month, h.class, origin;

-- Sums since January that cannot be given to a month yet.
INSERT INTO audit_leaf
SELECT h.place, 'undistributed', '', @feed || '|' || p.currency, r.month, sum(p.amount)
FROM audit_report r
    CROSS JOIN audit_part p ON p.enterprise = r.enterprise AND p.month = r.month
    CROSS JOIN audit_home h ON h.enterprise = r.enterprise AND h.since <= r.month AND h.until > r.month
WHERE NOT r.known
GROUP BY h.place, r.month, p.currency;
