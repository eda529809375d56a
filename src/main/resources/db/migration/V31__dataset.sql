create table balsam.dataset_version (
  id              varchar(128) primary key,
  project         varchar(20)  not null,
  dataset         varchar(64)  not null,
  period          varchar(8)   not null,
  period_start    date         not null,
  revision        int          not null check (revision between 0 and 99),
  build           int          not null check (build between 1 and 9999),
  manifest        text         not null,
  manifest_sha256 char(64)     not null,
  objects         int          not null,
  bytes           bigint       not null,
  row_count       bigint       not null,
  created_at      timestamptz  not null,
  created_by      varchar(64)  not null,
  unique (dataset, period, revision, build)
);
create index dataset_version_by_age on balsam.dataset_version (dataset, period_start, revision, build);

-- a version is immutable: it may be read and added, never changed
revoke update, delete on balsam.dataset_version from ${application};
