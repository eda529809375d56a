-- the datasets of a project with their numbers of versions, without reading the versions themselves
create index dataset_version_by_project on balsam.dataset_version (project, dataset, created_at);
