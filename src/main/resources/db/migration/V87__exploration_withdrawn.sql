drop index balsam.exploration_workspace;
create unique index exploration_workspace on balsam.exploration (workspace)
  where state not in ('ENDED', 'REFUSED', 'WITHDRAWN');
