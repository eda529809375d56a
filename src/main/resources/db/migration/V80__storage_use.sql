create table balsam.storage_use (
  project     varchar(64) primary key,
  versions    bigint      not null default 0,
  bytes       bigint      not null default 0,
  begun_at    timestamptz not null,
  measured_at timestamptz
);
comment on table balsam.storage_use is 'what the buckets of a project held when they were last measured';
-- projects that are there already are measured soon, whether they store anything meanwhile or not
insert into balsam.storage_use (project, begun_at) select id, timestamptz 'epoch' from balsam.project;
create table balsam.storage_growth (
  id      bigint      generated always as identity primary key,
  project varchar(64) not null,
  bytes   bigint      not null,
  at      timestamptz not null default clock_timestamp()
);
create index storage_growth_project on balsam.storage_growth (project, at);
comment on table balsam.storage_growth is 'what was stored since, until it is measured';
create table balsam.storage_quota (
  project varchar(64) primary key,
  bytes   bigint      not null check (bytes > 0)
);
comment on table balsam.storage_quota is 'how much a project may store, where it is not what all may';
