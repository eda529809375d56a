package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;

/**
 * Gives a project back what its closing took. Everything here is safe to repeat, and does nothing
 * unless the project is being closed.
 */
@Component
class ProjectRestoration {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ProvisionLedger provisions;
  private final Directory directory;
  private final RepositoryMembers repository;
  private final Messenger messenger;
  private final WorkspaceRuntime runtime;

  ProjectRestoration(
      ProjectRepository projects,
      ClosureLedger closures,
      ProvisionLedger provisions,
      Directory directory,
      RepositoryMembers repository,
      Messenger messenger,
      WorkspaceRuntime runtime) {
    this.projects = projects;
    this.closures = closures;
    this.provisions = provisions;
    this.directory = directory;
    this.repository = repository;
    this.messenger = messenger;
    this.runtime = runtime;
  }

  void all(ProjectId id) {
    namespace(id);
    channel(id);
    groups(id);
    access(id);
  }

  /** The groups with the people and roles of the moment of freezing, but those who have left. */
  void groups(ProjectId id) {
    var project = locked(id);
    var members = closures.require(id, ClosureStage.APPROVED).members();
    provisions.begin(id, ProvisionStep.GROUPS);
    directory.ensureGroups(id, project.kind());
    members.forEach(
        (person, roles) -> {
          if (directory.person(person).isPresent()) {
            directory.setRoles(id, person, roles);
          }
        });
  }

  /** The access to the repository that the directory gives its people at this moment. */
  void access(ProjectId id) {
    locked(id);
    repository.ensure(id);
  }

  void channel(ProjectId id) {
    locked(id);
    provisions.begin(id, ProvisionStep.CHANNEL);
    messenger.ensureChannel(id);
  }

  void namespace(ProjectId id) {
    locked(id);
    provisions.begin(id, ProvisionStep.NAMESPACE);
    runtime.ensureSpace(id);
  }

  private ProjectEntity locked(ProjectId id) {
    var project = projects.locked(id);
    project.require(ProjectState.CLOSING);
    return project;
  }
}
