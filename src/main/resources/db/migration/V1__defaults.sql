-- Tables belong to the owner; the application may read and change rows, never their structure.
-- Append-only tables take back what they must not allow.
alter default privileges in schema balsam grant select, insert, update, delete on tables to ${application};
alter default privileges in schema balsam grant usage, select on sequences to ${application};
