-- What a POST with an Idempotency-Key made, so that repeating it answers the same.
create table balsam.api_creation (
  person     varchar(64)  not null,
  key        varchar(200) not null,
  request    char(64)     not null,
  location   varchar(300) not null,
  created_at timestamptz  not null,
  primary key (person, key)
);
create index api_creation_by_age on balsam.api_creation (created_at);
comment on column balsam.api_creation.request is 'sha256 of path and body';
