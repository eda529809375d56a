create table exploration (
  id              varchar(52)  primary key,
  version         bigint       not null,
  project         varchar(20)  not null,
  title           varchar(60)  not null,
  purpose         varchar(2000) not null,
  datasets        text         not null,
  hardware        varchar(10)  not null,
  network         varchar(10)  not null,
  end_date        date         not null,
  state           varchar(10)  not null,
  state_since     timestamptz  not null,
  requested_by    varchar(64)  not null,
  requested_at    timestamptz  not null,
  approval        varchar(10),
  approval_reason text,
  decided_by      varchar(64),
  decided_at      timestamptz,
  renewals        integer      not null,
  workspace       varchar(52)  not null,
  branch          varchar(200) not null,
  commit_id       char(40),
  outcome         varchar(10),
  outcome_reason  text,
  outcome_by      varchar(64),
  transferred_to  varchar(60),
  archive         text,
  end_reason      text
);
create index exploration_project on exploration (project, id);
create unique index exploration_workspace on exploration (workspace)
  where state not in ('ENDED', 'REFUSED');
comment on table exploration is 'a workspace on time, from its request to its end';
comment on column exploration.datasets is 'the granted dataset versions, one a line';
comment on column exploration.end_date is 'the last day of the workspace, UTC';
comment on column exploration.archive is 'bucket/key@version#sha256 of what people made';
