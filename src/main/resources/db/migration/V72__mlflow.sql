-- What an MLflow server shows of models. Decisions are in model_version and model_alias_move.

create table balsam.mlflow_version (
  project varchar(20) not null,
  model   varchar(24) not null,
  version varchar(64) not null,
  number  varchar(20) not null,
  primary key (project, version)
);
create index mlflow_version_number on balsam.mlflow_version (project, model, number);
comment on column balsam.mlflow_version.number is 'the number that MLflow gave the version';

create table balsam.mlflow_shown (
  project       varchar(20) not null,
  model         varchar(24) not null,
  champion      varchar(64),
  candidate     varchar(64),
  changed_since timestamptz,
  primary key (project, model)
);
comment on column balsam.mlflow_shown.changed_since is 'since when it is known that somebody changed the model there; null when it is as shown';

create table balsam.mlflow_intended (
  project   varchar(20) not null,
  model     varchar(24) not null,
  champion  varchar(64),
  candidate varchar(64),
  primary key (project, model)
);
comment on table balsam.mlflow_intended is 'what is about to be shown; committed before MLflow is asked';
