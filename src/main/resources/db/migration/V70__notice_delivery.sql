-- The inbox has a notice as soon as its transaction commits; what leaves by a channel is a row per receiver.

alter table notice add column kind text not null default 'progress'
  check (kind in ('progress', 'release', 'task', 'alarm'));
alter table notice alter column kind drop default;

drop index notice_due;
drop index notice_inbox;
drop index notice_dead;
alter table notice
  drop column state, drop column attempts, drop column next_attempt_at, drop column delivered_at, drop column last_error;
create index notice_inbox on notice (project, number desc);
create index notice_groups on notice using gin (groups);

create table notice_delivery (
  id bigint generated always as identity primary key,
  notice text not null references notice (key) on delete cascade,
  channel text not null,
  receiver text not null,
  state text not null default 'queued' check (state in ('queued', 'delivered', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  ended_at timestamptz check ((ended_at is null) = (state = 'queued')),
  last_error text,
  unique (notice, channel, receiver)
);
create index notice_delivery_due on notice_delivery (channel, next_attempt_at) where state = 'queued';
create index notice_delivery_dead on notice_delivery (id) where state = 'dead';
comment on column notice_delivery.receiver is
  'a person, # and a word for a place that many read, or empty for a notice that is not yet split among its receivers';
comment on column notice_delivery.next_attempt_at is
  'while a node delivers it: when another node may take it';
comment on column notice_delivery.last_error is 'in words of Balsam; never a reply, an address or a secret';

create table notice_rule (
  project text not null,
  channel text not null,
  kind text not null check (kind in ('progress', 'release')),
  level text not null check (level in ('off', 'demanded')),
  primary key (project, channel, kind)
);

create table notice_mute (
  person text not null,
  channel text not null,
  kind text not null check (kind in ('progress', 'release')),
  primary key (person, channel, kind)
);
create index notice_mute_kind on notice_mute (channel, kind);
