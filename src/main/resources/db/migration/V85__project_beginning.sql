create table project_beginning (
  project  varchar(20)   primary key,
  location varchar(2000) not null,
  commit_id varchar(64)  not null,
  message  text          not null
);
comment on table project_beginning is
  'the template of a knowledge library that a requested project begins with, as it was when somebody asked; until its repository is made or the request ends';

create table project_beginning_file (
  project varchar(20) not null references project_beginning on delete cascade,
  path    text        not null,
  content bytea       not null,
  primary key (project, path)
);
