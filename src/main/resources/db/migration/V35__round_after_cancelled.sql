-- a period whose first round was cancelled starts again with a later number and no predecessor
alter table balsam.round drop constraint round_check;
alter table balsam.round add constraint round_revises check (predecessor is null or revision > 0);
