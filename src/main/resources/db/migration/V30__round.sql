create table balsam.round (
  id                  varchar(32) primary key,
  version             bigint      not null,
  project             varchar(20) not null,
  period              varchar(8)  not null,
  revision            int         not null check (revision between 0 and 99),
  state               varchar(16) not null,
  state_since         timestamptz not null,
  triggered_by        varchar(16) not null,
  requested_by        varchar(64) not null,
  requested_at        timestamptz not null,
  predecessor         varchar(32) references balsam.round,
  revision_type       varchar(16),
  revision_reason     text,
  planned_release     timestamptz,
  commit_id           varchar(40),
  method              varchar(64),
  run                 int         not null,
  approvals_voided_at timestamptz,
  review_event        varchar(64),
  release_event       varchar(64),
  release_set         text,
  released_at         timestamptz,
  bundle              text,
  end_reason          text,
  evaluated           boolean,
  unique (project, period, revision),
  check ((predecessor is null) = (revision = 0))
);
create index round_by_state on balsam.round (project, state);

-- one pass over all stages, on one set of frozen inputs and one commit
create table balsam.round_run (
  id                varchar(40) primary key,
  version           bigint      not null,
  round             varchar(32) not null references balsam.round,
  number            int         not null check (number between 1 and 9999),
  input_set         text        not null,
  commit_id         varchar(40) not null,
  planned_at        timestamptz not null,
  checked_at        timestamptz,
  verdict           varchar(16),
  summary           text,
  output_set        text,
  evidence          varchar(64),
  evidence_document text,
  unique (round, number)
);

create table balsam.round_step (
  job          varchar(52) primary key,
  version      bigint      not null,
  run          varchar(40) not null references balsam.round_run,
  stage        int         not null,
  position     int         not null,
  name         varchar(10) not null,
  gsbpm        varchar(8)  not null,
  state        varchar(16) not null,
  attempts     int         not null,
  exit_code    int,
  failure      varchar(32),
  message      text        not null,
  submitted_at timestamptz,
  cancelled_at timestamptz,
  started_at   timestamptz,
  finished_at  timestamptz,
  time_limit_at timestamptz,
  spec         text,
  result       text,
  log          text,
  unique (run, stage, position)
);

create table balsam.round_output (
  id            varchar(200) primary key,
  version       bigint       not null,
  run           varchar(40)  not null references balsam.round_run,
  job           varchar(52)  not null references balsam.round_step,
  dataset       varchar(40)  not null,
  bucket        varchar(63)  not null,
  object_key    varchar(512) not null,
  version_id    varchar(256) not null,
  size          bigint       not null,
  sha256        varchar(64)  not null,
  row_count     bigint       not null,
  last_modified timestamptz  not null
);
create index round_output_by_run on balsam.round_output (run);

create table balsam.round_check (
  id           varchar(90)  primary key,
  version      bigint       not null,
  run          varchar(40)  not null references balsam.round_run,
  position     int          not null,
  name         varchar(40)  not null,
  type         varchar(32)  not null,
  gsbpm        varchar(8)   not null,
  sims         varchar(16),
  scope        text         not null,
  value        numeric,
  threshold    numeric      not null,
  declared     varchar(8)   not null,
  severity     varchar(8)   not null,
  verdict      varchar(8)   not null,
  message      text         not null,
  answer       varchar(8),
  explanation  text,
  explained_by varchar(64),
  explained_at timestamptz,
  unique (run, name)
);

create table balsam.round_decision (
  id         bigint generated always as identity primary key,
  round      varchar(32)  not null references balsam.round,
  run        int          not null,
  activity   varchar(64)  not null,
  task       varchar(64)  not null unique,
  decision   varchar(32)  not null,
  reason     text,
  actor      varchar(64)  not null,
  actor_groups text       not null,
  evidence   varchar(64),
  display    text         not null,
  decided_at timestamptz  not null
);
create index round_decision_by_round on balsam.round_decision (round, id);

create table balsam.round_announcement (
  id           bigint generated always as identity primary key,
  round        varchar(32) not null references balsam.round,
  number       int         not null,
  announced_at timestamptz not null,
  release_at   timestamptz not null,
  zone         varchar(64) not null,
  reason       text,
  unique (round, number)
);

-- decisions and announcements are kept for good, whoever asks
create function balsam.round_kept() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are append-only: % is refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
create trigger round_decision_kept before update or delete on balsam.round_decision
  for each row execute function balsam.round_kept();
create trigger round_decision_kept_whole before truncate on balsam.round_decision
  for each statement execute function balsam.round_kept();
create trigger round_announcement_kept before update or delete on balsam.round_announcement
  for each row execute function balsam.round_kept();
create trigger round_announcement_kept_whole before truncate on balsam.round_announcement
  for each statement execute function balsam.round_kept();
revoke update, delete on balsam.round_decision, balsam.round_announcement from ${application};
