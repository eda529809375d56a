-- People, their roles in projects, and the platform's administrators (embedded directory).
create table person (
  id text primary key check (id ~ '^[a-z][a-z0-9._-]{1,31}$'),
  display_name text not null check (length(display_name) between 1 and 200),
  email text not null check (length(email) <= 320),
  password_hash text not null check (password_hash <> ''),
  disabled boolean not null default false,
  failed_sign_ins integer not null default 0,
  locked_until timestamptz
);

create table project_group (
  project text primary key
);

create table membership (
  project text not null references project_group on delete cascade,
  person text not null references person,
  role text not null check (role in
    ('owner', 'subject', 'methodology', 'production', 'steward', 'quality', 'release', 'auditor')),
  primary key (project, person, role)
);
create index membership_person on membership (person);

create table platform_administrator (
  person text primary key references person
);
