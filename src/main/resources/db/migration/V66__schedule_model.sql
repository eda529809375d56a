alter table schedule add column model varchar(24);
comment on column schedule.model is 'the model that it trains; null when it starts rounds';
