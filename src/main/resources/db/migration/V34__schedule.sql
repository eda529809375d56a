create table schedule (
  id               varchar(41)  primary key,
  project          varchar(20)  not null,
  name             varchar(20)  not null,
  recurrence       varchar(200) not null,
  time_zone        varchar(64)  not null,
  non_working_days varchar(20)  not null,
  lead_days        integer      not null,
  misfire_policy   varchar(10)  not null,
  frequency        varchar(10)  not null,
  period_offset    integer      not null,
  state            varchar(10)  not null,
  settled_until    timestamptz  not null,
  next_start       timestamptz,
  last_start       timestamptz,
  last_period      varchar(8),
  last_outcome     varchar(10),
  created_by       varchar(64)  not null,
  created_at       timestamptz  not null,
  version          bigint       not null
);
create index schedule_project on schedule (project, id);
comment on column schedule.settled_until is 'starts up to this moment have been taken, skipped or dropped';
comment on column schedule.version is 'counts changes made by people';

create table schedule_holiday (
  schedule varchar(41) not null references schedule (id) on delete cascade,
  day      date        not null,
  primary key (schedule, day)
);
