-- Which account of the Keycloak realm is which person: made once, by Balsam, kept for good.
create table keycloak_account (
  subject text primary key check (length(subject) between 1 and 255),
  person text not null unique check (person ~ '^[a-z][a-z0-9._-]{1,31}$'),
  service boolean not null,
  bound_at timestamptz not null
);

-- The groups that Balsam made at Keycloak, by the id that they got there.
create table keycloak_group (
  id text primary key,
  project text not null,
  role text not null check (role in
    ('owner', 'subject', 'methodology', 'production', 'steward', 'quality', 'release', 'auditor')),
  path text not null,
  unique (project, role)
);
