-- Where foreign direct investment comes from.

-- A source with more withdrawn than invested counts as 0.
CREATE TEMP TABLE audit_source (
    basis TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, source TEXT NOT NULL, share REAL NOT NULL,
    PRIMARY KEY (basis, place, month, source)
) WITHOUT ROWID;

CREATE TEMP TABLE audit_concentration (
    basis TEXT NOT NULL, place INTEGER NOT NULL, month INTEGER NOT NULL, sources INTEGER NOT NULL, hhi REAL, reason TEXT NOT NULL,
    PRIMARY KEY (basis, place, month)
) WITHOUT ROWID;

INSERT INTO audit_source
WITH usd AS (
    SELECT iif(measure = 'fdi', 'immediate', 'ultimate') AS basis, place, month, head, usd,
        count(*) OVER sources = count(usd) OVER sources AS known, total(max(usd, 0)) OVER sources AS every
    FROM audit_window WHERE measure IN ('fdi', 'fdi_ultimate')
    WINDOW sources AS (PARTITION BY measure, place, month))
SELECT basis, place, month, head, usd / every FROM usd WHERE known AND usd > 0;

INSERT INTO audit_concentration
SELECT b.column1, m.place, m.month, count(s.source), iif(count(s.source) > 0, sum(s.share * s.share), NULL),
    CASE
        WHEN EXISTS (
            SELECT 1 FROM audit_window w
            WHERE w.measure = b.column2 AND w.place = m.place AND w.month = m.month AND w.usd IS NULL) THEN 'no_rate'
        WHEN count(s.source) = 0 THEN 'no_denominator'
        ELSE 'none' END
FROM (VALUES ('immediate', 'fdi'), ('ultimate', 'fdi_ultimate')) b
    CROSS JOIN audit_moment m
    LEFT JOIN audit_source s ON s.basis = b.column1 AND s.place = m.place AND s.month = m.month
GROUP BY b.column1, m.place, m.month;

INSERT INTO audit_figure
SELECT a.indicator, a.place, 'basis=' || c.basis, a.month,
    CASE a.indicator
        WHEN 'fdi_source_hhi' THEN c.hhi
        WHEN 'fdi_effective_sources' THEN 1 / c.hhi
        WHEN 'fdi_source_hhi_normalised' THEN iif(c.sources = 1, 1, (c.hhi - 1.0 / c.sources) / (1 - 1.0 / c.sources)) END,
    c.reason
FROM audit_asked a JOIN audit_concentration c ON c.place = a.place AND c.month = a.month
WHERE a.indicator IN ('fdi_source_hhi', 'fdi_effective_sources', 'fdi_source_hhi_normalised');

-- Applies where reports go back a full window before the earlier month.
INSERT INTO audit_figure
SELECT a.indicator, a.place, 'basis=' || now.basis || ',span=12', a.month, iif(v.month IS NULL, NULL, now.hhi - earlier.hhi),
    CASE WHEN v.month IS NULL THEN 'not_applicable' WHEN now.reason <> 'none' THEN now.reason ELSE earlier.reason END
FROM audit_asked a
    JOIN audit_concentration now ON now.place = a.place AND now.month = a.month
    JOIN audit_concentration earlier ON earlier.basis = now.basis AND earlier.place = a.place AND earlier.month = a.month - 12
    LEFT JOIN audit_coverage v ON v.place = a.place AND v.feed = 'fdi' AND v.month = a.month - 23
WHERE a.indicator = 'fdi_source_hhi_change';

INSERT INTO audit_figure
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY basis, place, month ORDER BY share DESC, source) AS rank FROM audit_source)
SELECT a.indicator, a.place, 'basis=' || c.basis || coalesce(',source=' || r.source, ''), a.month, r.share, c.reason
FROM audit_asked a
    JOIN audit_concentration c ON c.place = a.place AND c.month = a.month
    LEFT JOIN ranked r ON r.basis = c.basis AND r.place = a.place AND r.month = a.month AND r.rank = 1
WHERE a.indicator = 'fdi_top_source_share';
