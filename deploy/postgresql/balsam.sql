-- The database of Balsam and its two logins. As a superuser of a PostgreSQL of version 15 or later:
--   psql -v owner_password=… -v app_password=… -f balsam.sql
-- The owner makes and changes Balsam's tables, at the start of a new version only. The application reads and
-- writes them; it can neither change their structure nor rewrite the audit trail.
\set ON_ERROR_STOP on
create role balsam_owner login password :'owner_password';
create role balsam_app login password :'app_password';
create database balsam encoding 'UTF8' template template0;
revoke all on database balsam from public;
grant connect on database balsam to balsam_owner, balsam_app;
\connect balsam
revoke all on schema public from public;
create schema balsam authorization balsam_owner;
grant usage on schema balsam to balsam_app;
-- the engine makes and upgrades its own tables
create schema engine authorization balsam_app;
