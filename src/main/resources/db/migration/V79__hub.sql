create table project_branch (
  project     varchar(20)   not null,
  id          varchar(60)   not null,
  name        varchar(100)  not null,
  description varchar(2000) not null,
  state       varchar(10)   not null check (state in ('MAKING', 'READY', 'REMOVING')),
  made_by     varchar(64)   not null,
  made_at     timestamptz   not null,
  last_commit varchar(64),
  primary key (project, id)
);
comment on table project_branch is
  'branches that people work on: Git branch work/<id> and folder branch/<id>/ in the bucket work';

comment on column project_branch.last_commit is
  'where the branch stood when its removal began, for who repeats a removal that a crash interrupted; null before';

alter table project add column branch_name varchar(100) not null default 'main';
comment on column project.branch_name is 'how the default branch is shown; in Git it is main';

alter table exploration
  add column base_branch varchar(60),
  add column template varchar(60);
comment on column exploration.base_branch is
  'id of the branch in project_branch that the workspace belongs to, or main; null when it was not asked for by branch';
create index exploration_base_branch on exploration (project, base_branch)
  where state not in ('ENDED', 'REFUSED');
