package org.balsam.usecase.project;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;

/** Which projects may be changed by what an exploration of another project found. */
@Component
class TransferTargets {

  private final ProjectRepository projects;
  private final Directory directory;

  TransferTargets(ProjectRepository projects, Directory directory) {
    this.projects = projects;
    this.directory = directory;
  }

  /**
   * Checks the target of a change.
   *
   * @throws Rejection WRONG_STATE, saying what to do; a project that the person who decided is no
   *     member of is as if it were not there
   */
  void check(ProposeChange.Command command) {
    var project = command.project();
    var found =
        projects
            .findById(project.value())
            .filter(active -> active.state() == ProjectState.ACTIVE)
            .filter(active -> person(command.by()).isMemberOf(project))
            .orElseThrow(
                () ->
                    refused(
                        "there is no active project %s that %s is a member of"
                            .formatted(project, command.by())));
    if (found.classification().compareTo(command.classification()) < 0) {
      throw refused(
          "project %s is for %s data, and the exploration used %s data"
              .formatted(
                  project, found.classification().value(), command.classification().value()));
    }
    if (!person(command.owner()).has(project, Role.OWNER)) {
      throw refused(
          "'%s' is no owner of project %s; name one in transfer.yaml"
              .formatted(command.owner(), project));
    }
  }

  private Actor person(String id) {
    return Actor.user(id, directory.groupsOf(id));
  }

  private static Rejection refused(String why) {
    return new Rejection(ErrorCode.WRONG_STATE, why);
  }
}
