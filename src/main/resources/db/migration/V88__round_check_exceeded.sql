-- whether the value was beyond its limit; not known of rounds that were checked before
alter table balsam.round_check add column exceeded boolean;
