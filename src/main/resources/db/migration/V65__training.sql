create table balsam.training (
  id                  varchar(52)  primary key,
  version             bigint       not null,
  project             varchar(20)  not null,
  model               varchar(24)  not null,
  period              varchar(8)   not null,
  state               varchar(16)  not null,
  state_since         timestamptz  not null,
  triggered_by        varchar(16)  not null,
  requested_by        varchar(64)  not null,
  requested_at        timestamptz  not null,
  parameters          text         not null,
  seed                bigint,
  commit_id           varchar(40),
  method              varchar(64),
  runtime             text,
  input_set           text,
  train_run           int          not null,
  run                 int          not null,
  output_set          text,
  set_manifest        text,
  artefact            varchar(64),
  champion            varchar(64),
  evaluation          text,
  candidate           varchar(64),
  reproduction        text,
  reproduces          varchar(52)  references balsam.training,
  outcome             text,
  verdict             varchar(16),
  summary             text,
  evidence            varchar(64),
  checked_at          timestamptz,
  approvals_voided_at timestamptz,
  review_event        varchar(64),
  approval_event      varchar(64),
  staged_at           timestamptz,
  promoted_at         timestamptz,
  bundle              text,
  end_reason          text
);
create index training_by_model on balsam.training (project, model, period);
create index training_by_age on balsam.training (project, requested_at desc, id desc);

-- one pass of steps: all stages, or the scoring of sets
create table balsam.training_run (
  id         varchar(64) primary key,
  version    bigint      not null,
  training   varchar(52) not null references balsam.training,
  number     int         not null check (number between 1 and 9999),
  purpose    varchar(16) not null,
  parameters text        not null,
  champion   varchar(64),
  input      text,
  planned_at timestamptz not null,
  unique (training, number)
);

-- the nine checks of each time that the gate was made; former gates stay, with their waivers
create table balsam.training_check (
  id        bigint generated always as identity primary key,
  training  varchar(52) not null references balsam.training,
  gate      int         not null,
  number    int         not null check (number between 1 and 9),
  name      varchar(40) not null,
  title     text        not null,
  value     numeric,
  champion  numeric,
  threshold numeric,
  finding   varchar(16) not null,
  verdict   varchar(8)  not null,
  message   text        not null,
  waiver    text,
  waived_by varchar(64),
  waived_at timestamptz,
  unique (training, gate, number)
);
revoke delete on balsam.training_check from ${application};

create table balsam.training_decision (
  id           bigint generated always as identity primary key,
  training     varchar(52) not null references balsam.training,
  activity     varchar(64) not null,
  task         varchar(64) not null unique,
  decision     varchar(32) not null,
  reason       text,
  actor        varchar(64) not null,
  actor_groups text        not null,
  evidence     varchar(64),
  decided_at   timestamptz not null
);
create index training_decision_by_training on balsam.training_decision (training, id);
create trigger training_decision_kept before update or delete on balsam.training_decision
  for each row execute function balsam.round_kept();
create trigger training_decision_kept_whole before truncate on balsam.training_decision
  for each statement execute function balsam.round_kept();
revoke update, delete on balsam.training_decision from ${application};
