-- What formulas read, made from the recomputed cells of all industries: amounts by month in the currencies of the indicators.

CREATE TEMP TABLE audit_rate (currency TEXT, target TEXT, month INTEGER, rate REAL, PRIMARY KEY (currency, target, month)) WITHOUT ROWID;

INSERT INTO audit_rate
SELECT currency, target, substr(period, 1, 4) * 12 + substr(period, 6, 2) - 1, rate FROM exchange_rate;

-- A rate serves the other direction too where that has none of its own.
INSERT OR IGNORE INTO audit_rate SELECT target, currency, month, 1 / rate FROM audit_rate;

-- NULL where a rate is missing. plain: the sum as it stands, for what is no money.
CREATE TEMP TABLE audit_amount (
    measure TEXT NOT NULL, place INTEGER NOT NULL, head TEXT NOT NULL, month INTEGER NOT NULL,
    plain INTEGER NOT NULL, cny REAL, usd REAL,
    PRIMARY KEY (measure, place, head, month)
) WITHOUT ROWID;

CREATE TEMP VIEW audit_converted AS
WITH converted AS (
    SELECT s.measure, t.place, s.head, t.month, t.recomputed,
        iif(s.currency IN ('', 'CNY'), 1.0, c.rate) * t.recomputed / units(s.currency) AS cny,
        iif(s.currency IN ('', 'USD'), 1.0, u.rate) * t.recomputed / units(s.currency) AS usd
    FROM audit_series s
        CROSS JOIN audit_truth t ON t.series = s.no
        LEFT JOIN audit_rate c ON c.currency = s.currency AND c.target = 'CNY' AND c.month = t.month - s.lag
        LEFT JOIN audit_rate u ON u.currency = s.currency AND u.target = 'USD' AND u.month = t.month - s.lag
    WHERE s.industry = '' AND t.recomputed <> 0
        AND s.measure NOT IN ('active', 'linked', 'supplier_reached', 'linked_supplier', 'estate_linked', 'estates', 'link_survived',
        'network_link', 'network_buyer', 'network_pair', 'buyer_suppliers', 'members', 'member_hash'))
SELECT measure, place, head, month, sum(recomputed),
    iif(count(*) = count(cny), total(cny), NULL) AS cny, iif(count(*) = count(usd), total(usd), NULL) AS usd
FROM converted GROUP BY measure, place, head, month;

INSERT INTO audit_amount SELECT * FROM audit_converted;
