create table balsam.exploration_manifests (
  exploration varchar(64) primary key,
  manifests   text        not null
);
comment on table balsam.exploration_manifests is
  'what a template of manifests was filled in to when a workspace was asked for, as JSON; no secrets; gone with its end';
