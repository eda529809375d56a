-- Knowledge libraries: what each held at the commit that it is pinned at, with an index over all.

create table balsam.library (
  id           text primary key,
  origin       text        not null,
  commit_id    text        check (commit_id ~ '^[0-9a-f]{40}$'),
  pinned_at    timestamptz,
  asked_at     timestamptz,
  failure      text,
  left_out     text[]      not null default '{}',
  left_out_count int       not null default 0,
  due_at       timestamptz not null,
  check ((commit_id is null) = (pinned_at is null))
);
comment on column balsam.library.origin is 'the address and branch that the items are from; another one makes the library new';
comment on column balsam.library.due_at is 'when its server is to be asked; while a node asks it: when another node may';
comment on column balsam.library.failure is 'in words of Balsam why the server could not be asked last time; never a secret';

create table balsam.library_item (
  library   text   not null references balsam.library (id) on delete cascade,
  id        text   not null check (id ~ '^[0-9a-f]{32}$'),
  path      text   not null,
  folder    text   not null,
  kind      text   not null check (kind in ('article', 'resource', 'template')),
  is_folder boolean not null,
  size      bigint not null,
  content   bytea,
  title     text   not null,
  language  text   not null check (language in ('sv', 'en', 'other')),
  body      text   not null,
  search    tsvector not null,
  primary key (library, id),
  unique (library, path),
  check (is_folder = (content is null))
);
create index library_item_search on balsam.library_item using gin (search);
create index library_item_folder on balsam.library_item (library, folder, path);
comment on column balsam.library_item.id is 'of the path; the same at every commit';
comment on column balsam.library_item.search is 'by the rules of the item''s language';

create table balsam.library_offer (
  id         bigint generated always as identity primary key,
  library    text        not null,
  keeper     text        not null,
  branch     text        not null,
  commit_id  text        not null,
  project    text        not null,
  origin     text        not null,
  path       text        not null,
  target     text        not null,
  title      text        not null,
  page       text,
  offered_by text        not null,
  offered_at timestamptz not null,
  unique (keeper, branch)
);
comment on column balsam.library_offer.keeper is 'the project whose repository the library is';
comment on column balsam.library_offer.origin is 'the commit of the offering project';
