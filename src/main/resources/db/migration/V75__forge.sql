-- access tokens that a forge made for holders such as jobs; the secrets are not here
create table balsam.forge_token (
  holder    varchar(100) primary key,
  project   varchar(20)  not null,
  space     bigint       not null,
  token     bigint,
  expires   date         not null,
  made_at   timestamptz  not null default now(),
  ending_at timestamptz,
  ended_at  timestamptz
);

create index forge_token_ending on balsam.forge_token (ending_at) where ended_at is null;
