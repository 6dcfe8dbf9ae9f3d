-- Reports of @feed that are odd and not explained.

-- Months whose value is known and of one currency.
CREATE TEMP TABLE IF NOT EXISTS audit_single (
    feed TEXT NOT NULL, enterprise INTEGER NOT NULL, month INTEGER NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (feed, enterprise, month)
) WITHOUT ROWID;

INSERT INTO audit_single
SELECT @feed, enterprise, month, min(currency), sum(amount) FROM audit_total
WHERE @feed IN ('output', 'export', 'employment')
GROUP BY enterprise, month HAVING count(*) = 1;

CREATE TEMP TABLE IF NOT EXISTS audit_suspect (
    feed TEXT NOT NULL, enterprise INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (feed, enterprise, month)
) WITHOUT ROWID;

-- Beside the newest known month of the three before, the same month a year ago, and, for exports, the month's output. Exports are
-- looked at after output. A revision with a note is explained. What was judged beside others is stored with the report.
INSERT INTO audit_suspect
WITH
    judged AS (
        SELECT s.enterprise, s.month, s.currency, s.amount,
            (SELECT max(r.month) FROM audit_report r
             WHERE r.enterprise = s.enterprise AND r.known AND r.month BETWEEN s.month - 3 AND s.month - 1) AS earlier
        FROM audit_single s WHERE s.feed = @feed),
    beside AS (
        SELECT j.enterprise, j.month, j.amount, b.amount AS before, y.amount AS past, o.amount AS output,
            iif(@feed = 'employment', 100, 10000000) AS large
        FROM judged j
            LEFT JOIN audit_single b ON b.feed = @feed AND b.enterprise = j.enterprise AND b.month = j.earlier
                AND b.currency = j.currency AND b.amount > 0
            LEFT JOIN audit_single y ON y.feed = @feed AND y.enterprise = j.enterprise AND y.month = j.month - 12
                AND y.currency = j.currency AND y.amount > 0
            LEFT JOIN audit_single o ON @feed = 'export' AND o.feed = 'output' AND o.enterprise = j.enterprise AND o.month = j.month
                AND o.currency = j.currency)
SELECT @feed, b.enterprise, b.month
FROM beside b
    CROSS JOIN audit_enterprise e ON e.no = b.enterprise
    CROSS JOIN report r ON r.enterprise = e.id AND r.feed = @feed AND r.period = printf('%04d-%02d', b.month / 12, b.month % 12 + 1)
WHERE (r.revision = 1 OR coalesce(r.note, '') = '')
    AND (r.outlier
        OR b.amount > b.output
        OR (b.amount > 0 AND (b.amount >= 300 * b.before OR 300 * b.amount <= b.before))
        OR (b.amount > 0 AND max(b.amount, b.before) >= b.large
            AND ((b.amount >= 10 * b.before AND b.amount >= 10 * b.past) OR (10 * b.amount <= b.before AND 10 * b.amount <= b.past))));

INSERT INTO audit_leaf
SELECT h.place, 'suspect', '', @feed, s.month, count(*)
FROM audit_suspect s CROSS JOIN audit_home h ON h.enterprise = s.enterprise AND h.since <= s.month AND h.until > s.month
WHERE s.feed = @feed
GROUP BY h.place, s.month;

-- Of what is compared with the year before, what one of the two months makes suspect; counted where they are now.
INSERT INTO audit_leaf
SELECT h.place, 'suspect_' || t.word, '', @feed || '|12|' || v.currency, now.month, sum(v.amount)
FROM (SELECT 'now' AS word, 0 AS back UNION ALL SELECT 'then', 12) t
    CROSS JOIN (
        SELECT enterprise, month FROM audit_suspect WHERE feed = @feed
        UNION SELECT enterprise, month + 12 FROM audit_suspect WHERE feed = @feed) s
    CROSS JOIN audit_report now ON now.enterprise = s.enterprise AND now.month = s.month
    CROSS JOIN audit_report earlier ON earlier.enterprise = now.enterprise AND earlier.month = now.month - 12
    CROSS JOIN audit_total v ON v.enterprise = now.enterprise AND v.month = now.month - t.back
    CROSS JOIN audit_home h ON h.enterprise = now.enterprise AND h.since <= now.month AND h.until > now.month
WHERE now.known AND earlier.known
GROUP BY t.word, h.place, now.month, v.currency;
