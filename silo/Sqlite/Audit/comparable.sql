-- Who reported @feed, and sums over those alone that can be compared with an earlier month.
-- Expected: not closed, and obliged: foreign-funded ones to all feeds, domestic ones not to fdi and linkage.

INSERT INTO audit_leaf
SELECT h.place, 'reported', '', @feed, r.month, count(*)
FROM audit_report r CROSS JOIN audit_home h ON h.enterprise = r.enterprise AND h.since <= r.month AND h.until > r.month
WHERE NOT h.closed AND (h.foreign_funded OR @feed IN ('output', 'export', 'employment'))
GROUP BY h.place, r.month;

-- Growth: values of those whose value is known both now and k months before, counted where they are now.
INSERT INTO audit_leaf
SELECT h.place, 'matched_now', '', @feed || '|' || k.lag || '|' || v.currency, now.month, sum(v.amount)
FROM audit_report now
    CROSS JOIN (SELECT 1 AS lag UNION ALL SELECT 12) k
    CROSS JOIN audit_report earlier ON earlier.enterprise = now.enterprise AND earlier.month = now.month - k.lag
    CROSS JOIN audit_total v ON v.enterprise = now.enterprise AND v.month = now.month
    CROSS JOIN audit_home h ON h.enterprise = now.enterprise AND h.since <= now.month AND h.until > now.month
WHERE now.known AND earlier.known
GROUP BY h.place, now.month, k.lag, v.currency;

INSERT INTO audit_leaf
SELECT h.place, 'matched_then', '', @feed || '|' || k.lag || '|' || v.currency, now.month, sum(v.amount)
FROM audit_report now
    CROSS JOIN (SELECT 1 AS lag UNION ALL SELECT 12) k
    CROSS JOIN audit_report earlier ON earlier.enterprise = now.enterprise AND earlier.month = now.month - k.lag
    CROSS JOIN audit_total v ON v.enterprise = now.enterprise AND v.month = earlier.month
    CROSS JOIN audit_home h ON h.enterprise = now.enterprise AND h.since <= now.month AND h.until > now.month
WHERE now.known AND earlier.known
GROUP BY h.place, now.month, k.lag, v.currency;

-- The same of output by kind, a year apart.
INSERT INTO audit_leaf
SELECT h.place, 'output_matched_' || t.word, '', h.kind || '|' || v.currency, now.month, sum(v.amount)
FROM (SELECT 'now' AS word, 0 AS back UNION ALL SELECT 'then', 12) t
    CROSS JOIN audit_report now
    CROSS JOIN audit_report earlier ON earlier.enterprise = now.enterprise AND earlier.month = now.month - 12
    CROSS JOIN audit_total v ON v.enterprise = now.enterprise AND v.month = now.month - t.back
    CROSS JOIN audit_home h ON h.enterprise = now.enterprise AND h.since <= now.month AND h.until > now.month
WHERE @feed = 'output' AND now.known AND earlier.known
GROUP BY t.word, h.place, h.kind, now.month, v.currency;

-- Coverage by value: what those expected now had k months before; all of them, and those that have reported now.
INSERT INTO audit_leaf
SELECT h.place, 'prior_expected', '', @feed || '|' || k.lag || '|' || v.currency, v.month + k.lag, sum(v.amount)
FROM audit_total v
    CROSS JOIN (SELECT 1 AS lag UNION ALL SELECT 2 UNION ALL SELECT 3) k
    CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= v.month + k.lag AND h.until > v.month + k.lag
WHERE NOT h.closed AND (h.foreign_funded OR @feed IN ('output', 'export', 'employment'))
GROUP BY h.place, v.month, k.lag, v.currency;

INSERT INTO audit_leaf
SELECT h.place, 'prior_reported', '', @feed || '|' || k.lag || '|' || v.currency, v.month + k.lag, sum(v.amount)
FROM audit_total v
    CROSS JOIN (SELECT 1 AS lag UNION ALL SELECT 2 UNION ALL SELECT 3) k
    CROSS JOIN audit_report now ON now.enterprise = v.enterprise AND now.month = v.month + k.lag
    CROSS JOIN audit_home h ON h.enterprise = v.enterprise AND h.since <= now.month AND h.until > now.month
WHERE NOT h.closed AND (h.foreign_funded OR @feed IN ('output', 'export', 'employment'))
GROUP BY h.place, v.month, k.lag, v.currency;
