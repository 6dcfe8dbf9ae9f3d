-- Who is a member of a place: an enterprise is where its newest profile is, closed or not. All of it stands in the first month
-- there is. member_hash gives a half, 0 the upper, of the hash of id and version.

INSERT INTO audit_leaf
SELECT h.place, 'members', '', '', 1990 * 12, count(*) FROM audit_home h WHERE h.until = 999999 GROUP BY h.place;

INSERT INTO audit_leaf
SELECT h.place, 'member_hash', '', half.name, 1990 * 12, sum(member_hash(e.id, e.version, half.no))
FROM audit_home h
    CROSS JOIN audit_enterprise a ON a.no = h.enterprise
    CROSS JOIN enterprise e ON e.id = a.id
    CROSS JOIN (SELECT 0 AS no, 'high' AS name UNION ALL SELECT 1, 'low') half
WHERE h.until = 999999
GROUP BY h.place, half.name;
