create table balsam.workspace_share (
  exploration varchar(64) not null,
  person      varchar(64) not null,
  shared_at   timestamptz not null,
  primary key (exploration, person)
);
comment on table balsam.workspace_share is
  'who may sign in to the workspace of an exploration besides its user; gone with its end';
create table balsam.workspace_quota (
  project    varchar(64) primary key,
  workspaces int         not null check (workspaces >= 1),
  gpus       int         not null check (gpus >= 0)
);
comment on table balsam.workspace_quota is 'how many workspaces a project may have at once, where it is not what all may';
