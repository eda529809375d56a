-- the steps of all kinds of work are kept alike; which run a step is part of says its column run
alter table balsam.round_output drop constraint round_output_run_fkey;
alter table balsam.round_step drop constraint round_step_run_fkey;
alter table balsam.round_step rename to step;
alter table balsam.round_output rename to step_output;
alter index balsam.round_output_by_run rename to step_output_by_run;
