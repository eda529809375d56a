create table arrival (
  bucket     text        not null,
  object_key text        not null,
  version    text        not null,
  noted_at   timestamptz not null default clock_timestamp(),
  primary key (bucket, object_key, version)
);
comment on table arrival is 'delivered object versions that the processes were told of, so that each is told once';
