create index forge_event_by_age on balsam.forge_event (noted_at);
