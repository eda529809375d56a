create table balsam.model_rollback (
  id                varchar(41)    primary key,
  project           varchar(20)    not null,
  model             varchar(24)    not null,
  champion          varchar(64)    not null,
  target            varchar(64)    not null,
  emergency         boolean        not null,
  reason            varchar(2000)  not null,
  state             varchar(12)    not null,
  requested_by      varchar(64)    not null,
  requested_at      timestamptz    not null,
  decision          varchar(12),
  decided_by        varchar(64),
  decided_at        timestamptz,
  decision_reason   varchar(20000),
  settlement        varchar(12),
  settled_by        varchar(64),
  settled_at        timestamptz,
  settlement_reason varchar(20000),
  failure           varchar(4000)
);
create unique index model_rollback_one_open on balsam.model_rollback (project, model, emergency)
  where state in ('REQUESTED', 'IN_FORCE', 'DISPUTED');
create index model_rollback_of_model on balsam.model_rollback (project, model, requested_at);
comment on column balsam.model_rollback.champion is 'the version in use when it was requested';
comment on column balsam.model_rollback.settlement is 'what ended the dispute about an emergency';
revoke delete, truncate on balsam.model_rollback from ${application};
