-- which events a forge told of, so that each is written into the trail once
create table balsam.forge_event (
  event    uuid primary key,
  project  varchar(20) not null,
  noted_at timestamptz not null default now()
);
