-- The audit trail (docs/audit.md). Rows are added, never changed.
-- No foreign keys between these tables: a reference would lock and rewrite the event that it names.

create table audit_event (
  id uuid primary key,
  occurred_at timestamptz not null,
  writer text not null,
  writer_seq bigint not null,
  actor_kind text not null,
  actor text not null,
  actor_groups text not null,
  project text,
  subject text,
  action text not null,
  outcome text not null,
  process_instance text,
  activity text,
  reason_hash text,
  details text not null,
  correlation text,
  source text,
  mac bytea not null,
  xact bigint not null default (pg_current_xact_id()::text::bigint),
  unique (writer, writer_seq)
);
create index audit_event_project on audit_event (project, id);
create index audit_event_subject on audit_event (subject, id);
create index audit_event_xact on audit_event (xact);
comment on column audit_event.writer_seq is 'counts a writer''s events; a number that never commits is named by an event audit.numbers.unused or audit.writer.closed';
comment on column audit_event.mac is 'HMAC-SHA256 of the leaf under a key that the database never sees; rows that others insert are not sealed';
comment on column audit_event.xact is 'the inserting transaction; lets the sequencer look only at rows that can be new';

-- Personal free text, apart from the event so that it can be erased; the event holds SHA-256(salt ‖ text).
create table audit_payload (
  event_id uuid primary key,
  salt bytea not null,
  reason text not null
);

create table audit_leaf (
  index bigint primary key,
  event_id uuid not null unique,
  hash bytea not null
);

-- Hashes of complete subtrees at levels 8, 16, …; with audit_leaf they are the tiles of C2SP tlog-tiles.
create table audit_node (
  level int,
  index bigint,
  hash bytea not null,
  primary key (level, index)
);

create table audit_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  epoch bigint not null,
  leader text not null,
  horizon bigint not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on column audit_checkpoint.epoch is 'grows whenever another writer takes over the sealing';
comment on column audit_checkpoint.horizon is 'every committed transaction below is sealed';

create table audit_writer (
  writer text primary key,
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  closed boolean not null default false
);
comment on table audit_writer is 'one row per run of a node; working state, not evidence';

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only: % of % is refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create function audit_check_erasure() returns trigger language plpgsql set search_path from current as $$
begin
  if not exists (select 1 from audit_event where action = 'audit.payload.erased' and subject = old.event_id::text) then
    raise exception 'the reason of event % may be erased only together with an event audit.payload.erased', old.event_id
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create trigger append_only before update or delete or truncate on audit_event execute function audit_refuse();
create trigger append_only before update or delete or truncate on audit_leaf execute function audit_refuse();
create trigger append_only before update or delete or truncate on audit_node execute function audit_refuse();
create trigger append_only before update or delete or truncate on audit_checkpoint execute function audit_refuse();
create trigger append_only before update or truncate on audit_payload execute function audit_refuse();
create constraint trigger erasure_is_recorded after delete on audit_payload
  deferrable initially deferred for each row execute function audit_check_erasure();

alter table audit_event enable always trigger append_only;
alter table audit_leaf enable always trigger append_only;
alter table audit_node enable always trigger append_only;
alter table audit_checkpoint enable always trigger append_only;
alter table audit_payload enable always trigger append_only;
alter table audit_payload enable always trigger erasure_is_recorded;

revoke update, delete, truncate on audit_event, audit_leaf, audit_node, audit_checkpoint from ${application};
revoke update, truncate on audit_payload from ${application};
revoke delete, truncate on audit_writer from ${application};
