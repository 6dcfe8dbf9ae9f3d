-- A role that may read everything and change nothing, for statisticians' own logins:
--   GRANT clusterpulse_reader TO some_login;
-- Roles belong to the whole server and need a right to be made; where that is missing, the operator makes it (docs/runbook.md).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clusterpulse_reader') THEN
        IF NOT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) THEN
            RAISE NOTICE 'the role clusterpulse_reader is not there and % may not create it', current_user;
            RETURN;
        END IF;
        BEGIN
            CREATE ROLE clusterpulse_reader NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- Another database of this server has just made it.
        END;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO clusterpulse_reader', current_schema());
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO clusterpulse_reader', current_schema());
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO clusterpulse_reader', current_schema());
END $$;
