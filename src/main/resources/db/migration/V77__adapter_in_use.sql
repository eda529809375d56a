create table balsam.adapter_in_use (
  port  varchar(20) primary key,
  type  varchar(20) not null,
  since timestamptz not null default clock_timestamp()
);
comment on table balsam.adapter_in_use is 'which adapters the projects of this database were made with';
create table balsam.probe (
  id      uuid        primary key,
  made_at timestamptz not null default clock_timestamp()
);
comment on table balsam.probe is 'rows that are written and removed to see whether that works';
