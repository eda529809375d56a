-- Notices to people: queued with the change that they tell of, delivered afterwards.

create table messaging_channel (
  project text primary key,
  created_at timestamptz not null
);

create table notice (
  key text primary key,
  number bigint generated always as identity,
  project text not null,
  groups text[] not null,
  subject text not null,
  body text not null,
  link text not null,
  queued_at timestamptz not null,
  state text not null default 'queued' check (state in ('queued', 'delivered', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  delivered_at timestamptz check ((delivered_at is not null) = (state = 'delivered')),
  last_error text
);
create index notice_due on notice (next_attempt_at) where state = 'queued';
create index notice_inbox on notice (project, delivered_at desc) where state = 'delivered';
create index notice_dead on notice (number) where state = 'dead';
comment on column notice.groups is 'project/role; empty for every member of the project';
comment on column notice.state is 'dead: every attempt failed; last_error says why, and setting it to queued tries again';
