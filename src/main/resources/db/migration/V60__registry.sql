-- The row that moves of a model's aliases are serialised on.
create table balsam.registered_model (
  project  varchar(20) not null,
  name     varchar(24) not null,
  primary key (project, name)
);

create table balsam.model_version (
  project         varchar(20) not null,
  model           varchar(24) not null,
  major           int         not null check (major between 0 and 9999),
  minor           int         not null check (minor between 0 and 9999),
  patch           int         not null check (patch between 0 and 9999),
  training        varchar(52) not null unique,
  alias           varchar(9)  not null check (alias in ('champion', 'candidate', 'archived')),
  promoted        boolean     not null default false,
  rollback_target varchar(64),
  artefact        char(64)    not null,
  evidence        char(64),
  registered_at   timestamptz not null,
  registered_by   varchar(64) not null,
  archived_at     timestamptz,
  primary key (project, model, major, minor, patch),
  foreign key (project, model) references balsam.registered_model
);
create unique index model_version_one_champion on balsam.model_version (project, model)
  where alias = 'champion';
comment on column balsam.model_version.promoted is 'is or ever was champion';
comment on column balsam.model_version.rollback_target is 'of a champion: what its promotion named to go back to';

create table balsam.model_file (
  project    varchar(20)  not null,
  model      varchar(24)  not null,
  major      int          not null,
  minor      int          not null,
  patch      int          not null,
  part       varchar(8)   not null check (part in ('artefact', 'card', 'evidence')),
  name       varchar(100) not null,
  bucket     varchar(63)  not null,
  key        varchar(512) not null,
  version_id varchar(256) not null,
  size       bigint       not null,
  sha256     char(64)     not null,
  primary key (project, model, major, minor, patch, part, name),
  foreign key (project, model, major, minor, patch) references balsam.model_version
);

-- How aliases moved; a promotion asked for twice under one key happens once.
create table balsam.model_alias_move (
  number          bigint generated always as identity primary key,
  project         varchar(20)  not null,
  model           varchar(24)  not null,
  key             varchar(200) not null,
  kind            varchar(12)  not null,
  version         varchar(64)  not null,
  from_version    varchar(64),
  rollback_target varchar(64),
  artefact        char(64)     not null,
  evidence        char(64),
  person          varchar(64)  not null,
  moved_at        timestamptz  not null,
  unique (project, model, key),
  foreign key (project, model) references balsam.registered_model
);

-- registered versions and the history of aliases are there for good
revoke delete, truncate on balsam.registered_model, balsam.model_version from ${application};
revoke update, delete, truncate on balsam.model_alias_move from ${application};
