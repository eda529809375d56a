alter table exploration
  add column template_version varchar(32),
  add column template_digest char(64),
  add column variables text not null default '';
comment on column exploration.template_version is
  'of the template when the workspace was asked for; null of one from before there was a catalogue';
comment on column exploration.template_digest is 'SHA-256 of the template''s files then';
comment on column exploration.variables is
  'environment variables of the service by the template''s parameters, NAME=value a line; no secrets';
