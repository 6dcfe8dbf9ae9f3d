-- Which silos there are. Orleans' provider brings no tables; it reads its statements from OrleansQuery, whose name and keys are
-- its own. Each statement is atomic by itself: the version is compared and set under its row's lock, together with the member.

CREATE TABLE silo_membership_version (
    cluster text PRIMARY KEY,
    version integer NOT NULL
);
COMMENT ON TABLE silo_membership_version IS 'Goes up with each change of membership, and is compared by each';

CREATE TABLE silo_membership (
    cluster text NOT NULL REFERENCES silo_membership_version (cluster),
    address text NOT NULL, port integer NOT NULL, generation integer NOT NULL,
    silo_name text NOT NULL, host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);
COMMENT ON TABLE silo_membership IS 'Silos, those that have died included for some time';
COMMENT ON COLUMN silo_membership.generation IS 'Tells a silo from the one that was started before at the same address';
COMMENT ON COLUMN silo_membership.status IS '1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead';
COMMENT ON COLUMN silo_membership.proxy_port IS 'Port for gateways';
COMMENT ON COLUMN silo_membership.suspect_times IS 'Who suspects it to be dead, and since when';

CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text NOT NULL);
COMMENT ON TABLE OrleansQuery IS 'Statements of Orleans'' membership provider, by its keys';

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('GatewaysQueryKey', '
    SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation" FROM silo_membership
    WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0'),

('MembershipReadRowKey', '
    SELECT m.address AS "Address", m.port AS "Port", m.generation AS "Generation", m.silo_name AS "SiloName", m.host_name AS "HostName",
        m.status AS "Status", m.proxy_port AS "ProxyPort", m.suspect_times AS "SuspectTimes", m.start_time AS "StartTime",
        m.i_am_alive_time AS "IAmAliveTime", v.version AS "Version"
    FROM silo_membership_version v
        LEFT JOIN silo_membership m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.cluster = @DeploymentId'),

('MembershipReadAllKey', '
    SELECT m.address AS "Address", m.port AS "Port", m.generation AS "Generation", m.silo_name AS "SiloName", m.host_name AS "HostName",
        m.status AS "Status", m.proxy_port AS "ProxyPort", m.suspect_times AS "SuspectTimes", m.start_time AS "StartTime",
        m.i_am_alive_time AS "IAmAliveTime", v.version AS "Version"
    FROM silo_membership_version v LEFT JOIN silo_membership m ON m.cluster = v.cluster
    WHERE v.cluster = @DeploymentId'),

('InsertMembershipVersionKey', '
    WITH added AS (
        INSERT INTO silo_membership_version (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM added'),

('InsertMembershipKey', '
    WITH moved AS (
        UPDATE silo_membership_version SET version = version + 1
        WHERE cluster = @DeploymentId AND version = @Version::integer AND NOT EXISTS (
            SELECT FROM silo_membership WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1),
    added AS (
        INSERT INTO silo_membership (cluster, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM moved
        RETURNING 1)
    SELECT count(*)::integer FROM added'),

('UpdateMembershipKey', '
    WITH moved AS (
        UPDATE silo_membership_version SET version = version + 1
        WHERE cluster = @DeploymentId AND version = @Version::integer AND EXISTS (
            SELECT FROM silo_membership WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1),
    changed AS (
        UPDATE silo_membership
        SET status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = greatest(i_am_alive_time, @IAmAliveTime)
        FROM moved
        WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed'),

('UpdateIAmAlivetimeKey', '
    UPDATE silo_membership SET i_am_alive_time = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

('DeleteMembershipTableEntriesKey', '
    DELETE FROM silo_membership WHERE cluster = @DeploymentId;
    DELETE FROM silo_membership_version WHERE cluster = @DeploymentId'),

('CleanupDefunctSiloEntriesKey', '
    DELETE FROM silo_membership
    WHERE cluster = @DeploymentId AND status = 6 AND start_time < @IAmAliveTime AND i_am_alive_time < @IAmAliveTime
        AND suspect_times IS NULL'),

('CleanupDefunctSiloEntryKey', '
    DELETE FROM silo_membership
    WHERE cluster = @DeploymentId AND status = 6 AND address = @Address AND port = @Port AND generation = @Generation
        AND start_time = @StartTime AND i_am_alive_time = @IAmAliveTime
        AND coalesce(suspect_times, '''') = coalesce(@SuspectTimes, '''')');
