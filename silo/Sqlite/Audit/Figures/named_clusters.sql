-- Clusters of regions. Each is looked at as if it were a place of its own, which has the cells of its industries alone; its months are
-- complete where they are for its region.

CREATE TEMP TABLE audit_cluster (
    no INTEGER PRIMARY KEY, place INTEGER NOT NULL, label TEXT NOT NULL, named INTEGER NOT NULL, UNIQUE (place, label)
);

-- Industries that could be recognised: large enough for three months at least. Which are is only known once regions are compared.
CREATE TEMP TABLE audit_large (place INTEGER NOT NULL, industry TEXT NOT NULL, PRIMARY KEY (place, industry)) WITHOUT ROWID;

INSERT INTO audit_large
SELECT place, industry
FROM (
    SELECT t.place, s.industry, t.month
    FROM audit_series s
        JOIN audit_truth t ON t.series = s.no
        JOIN audit_place p ON p.no = t.place
        JOIN region r ON p.name = 'regions/' || r.code AND r.level IN ('province', 'prefecture', 'county')
    WHERE s.measure = 'employment' AND s.industry <> ''
    GROUP BY t.place, s.industry, t.month HAVING sum(t.recomputed) >= 1000)
GROUP BY place, industry HAVING count(*) >= 3;

CREATE TEMP TABLE audit_cluster_code (label TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (label, code)) WITHOUT ROWID;

-- What is given for clusters.
CREATE TEMP TABLE audit_of_clusters (indicator TEXT PRIMARY KEY) WITHOUT ROWID;

INSERT INTO audit_of_clusters VALUES
    ('output_cny'), ('export_cny'), ('employment_persons'), ('enterprises'), ('export_intensity'), ('foreign_share'),
    ('local_linkage_ratio'), ('local_sourcing_ratio'), ('embeddedness_index'), ('cluster_type'), ('stage'), ('stage_change');

-- The newest version of a definition holds, and so does the newest row of the watch list.
CREATE TEMP TABLE audit_definition (id TEXT PRIMARY KEY, industries TEXT NOT NULL, regions TEXT NOT NULL) WITHOUT ROWID;

INSERT INTO audit_definition
SELECT d.id, d.industries, d.regions
FROM cluster_definition d
WHERE NOT d.deleted AND NOT EXISTS (SELECT 1 FROM cluster_definition n WHERE n.id = d.id AND n.version > d.version);

CREATE TEMP TABLE audit_watch (region TEXT NOT NULL, cluster TEXT NOT NULL, PRIMARY KEY (region, cluster)) WITHOUT ROWID;

INSERT INTO audit_watch
SELECT region, cluster
FROM (SELECT region, cluster, watched, row_number() OVER (PARTITION BY region, cluster ORDER BY no DESC) AS age FROM cluster_watch)
WHERE age = 1 AND watched AND cluster <> '';

INSERT INTO audit_cluster_code
SELECT d.id, code.value FROM audit_definition d, json_each(d.industries) code
UNION
SELECT cluster, cluster FROM audit_watch WHERE cluster GLOB '[0-9A-Z]*'
UNION
SELECT industry, industry FROM audit_large;

INSERT INTO audit_cluster (no, place, label, named)
WITH
    named (region, label) AS (
        SELECT 'regions/' || region.value, d.id FROM audit_definition d, json_each(d.regions) region
        UNION SELECT 'regions/' || region, cluster FROM audit_watch WHERE cluster IN (SELECT label FROM audit_cluster_code)),
    every (place, label, named) AS (
        SELECT p.no, n.label, 1 FROM named n JOIN audit_place p ON p.name = n.region WHERE p.wanted AND p.name LIKE 'regions/%'
        UNION ALL SELECT l.place, l.industry, 0 FROM audit_large l JOIN audit_place p ON p.no = l.place WHERE p.wanted)
SELECT (SELECT max(no) FROM audit_place) + row_number() OVER (ORDER BY place, label), place, label, max(named)
FROM every GROUP BY place, label;

INSERT INTO audit_place (no, name, wanted) SELECT no, 'clusters/' || no, 1 FROM audit_cluster;

-- Cells by division know nothing finer, and what is finer stands in cells of its own; the rest is kept by whatever a profile says.
CREATE TEMP TABLE audit_cluster_series (
    label TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, PRIMARY KEY (label, source, target)
) WITHOUT ROWID;

INSERT INTO audit_cluster_series
WITH kept (measure, source, shortest, longest) AS (VALUES
    ('active', 'active', 2, 2), ('active', 'active_by_class', 3, 4), ('output', 'output', 2, 2), ('output', 'output_by_class', 3, 4),
    ('export', 'export', 2, 2), ('export', 'export_by_class', 3, 4), ('employment', 'employment', 2, 2),
    ('employment', 'employment_by_class', 3, 4), ('fdi', 'fdi_by_industry', 2, 4), ('linked', 'linked_by_industry', 2, 4),
    ('purchases', 'purchases_by_industry', 2, 4))
SELECT k.label, s.no, w.no
FROM audit_cluster_code k
    JOIN kept m ON length(replace(k.code, 'NACE', '')) BETWEEN m.shortest AND m.longest
    JOIN audit_series s ON s.measure = m.source AND s.industry <> '' AND substr(s.industry, 1, length(k.code)) = k.code
    JOIN audit_series w ON w.measure = m.measure AND w.industry = '' AND w.dimension = s.dimension;

INSERT INTO audit_truth (series, place, month, live, recomputed)
SELECT x.target, c.no, t.month, 0, sum(t.recomputed)
FROM audit_cluster c CROSS JOIN audit_cluster_series x ON x.label = c.label CROSS JOIN audit_truth t ON t.series = x.source AND t.place = c.place
GROUP BY x.target, c.no, t.month;

INSERT INTO audit_amount SELECT * FROM audit_converted WHERE EXISTS (SELECT 1 FROM audit_cluster) AND place IN (SELECT no FROM audit_cluster);

INSERT INTO audit_firms SELECT * FROM audit_counted WHERE EXISTS (SELECT 1 FROM audit_cluster) AND place IN (SELECT no FROM audit_cluster);

INSERT INTO audit_coverage
SELECT c.no, v.feed, v.month, v.expected, v.reported, v.by_value, v.complete
FROM audit_cluster c JOIN audit_coverage v ON v.place = c.place;
