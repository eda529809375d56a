alter table balsam.round_run add column models text not null default '';
comment on column balsam.round_run.models is 'the versions of models that the run uses, by spaces';
