create table project (
  id                  varchar(20)   primary key,
  name                varchar(100)  not null,
  purpose             varchar(2000) not null,
  template            varchar(40)   not null,
  template_parameters jsonb         not null,
  owner               varchar(32)   not null,
  classification      varchar(12)   not null,
  kind                varchar(12)   not null,
  state               varchar(12)   not null,
  requested_by        varchar(32)   not null,
  requested_at        timestamptz   not null,
  decided_by          varchar(32),
  decided_at          timestamptz,
  reason              varchar(4000),
  version             bigint        not null
);
comment on column project.reason is 'why the project was rejected, failed or given up';
comment on column project.version is 'counts changes made by people';

create table project_identifier (
  project varchar(20)  not null,
  system  varchar(20)  not null,
  name    varchar(100) not null,
  primary key (system, name)
);
create index project_identifier_project on project_identifier (project);
comment on table project_identifier is 'what a project is called in other systems';

-- no foreign key: a row is written in a transaction of its own while another holds the project
create table project_provision (
  project  varchar(20) not null,
  step     varchar(12) not null,
  begun_at timestamptz not null default now(),
  primary key (project, step)
);
comment on table project_provision is 'steps whose effects may exist in other systems and are the project''s own';
