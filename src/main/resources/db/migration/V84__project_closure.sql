create table balsam.project_closure (
  project      varchar(20)   primary key,
  attempt      integer       not null,
  stage        varchar(10)   not null
    check (stage in ('REQUESTED', 'APPROVED', 'REJECTED', 'FAILED', 'CLOSED')),
  reason       varchar(2000) not null,
  requested_by varchar(64)   not null,
  requested_at timestamptz   not null,
  decided_by   varchar(64),
  decided_at   timestamptz,
  outcome      varchar(4000),
  members      jsonb         not null default '{}',
  archive      jsonb         not null default '[]'
);
comment on table balsam.project_closure is 'the newest closing of each project: who wants it and why, and what was kept';
comment on column balsam.project_closure.attempt is 'counts requests; names the folder of the archive';
comment on column balsam.project_closure.outcome is 'why it was rejected or failed';
comment on column balsam.project_closure.members is 'roles by person at the moment of freezing: what a failed closing gives back';
comment on column balsam.project_closure.archive is 'the files of the archive with version and checksum';
