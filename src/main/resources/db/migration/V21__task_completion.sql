-- Who started an instance (activity '$start') and who completed which user task: what separation of
-- duties is decided by. Nothing but inserts; the engine's own history can be deleted through its API.
create table task_completion (
  id bigint generated always as identity primary key,
  root_process_instance text not null,
  process_instance text not null,
  business_key text,
  project text,
  activity text not null,
  person text not null,
  at timestamptz not null
);
create index task_completion_root on task_completion (root_process_instance, activity);

revoke update, delete, truncate on task_completion from ${application};

create function refuse_change_of_task_completion() returns trigger language plpgsql as $$
begin
  raise exception 'balsam.task_completion is append-only: % refused', tg_op;
end $$;

create trigger task_completion_append_only
  before update or delete or truncate on task_completion
  for each statement execute function refuse_change_of_task_completion();
