package org.balsam.usecase.project;

import java.util.HashMap;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Starts a change of a production project from what an exploration found: a branch {@code work/…}
 * from {@code main} with the files of the lab branch in a folder of their own, for the project's
 * people to design and build from. No round uses it before they have made it a method version.
 */
@Component
public class ProposeChange {

  private final ProjectRepository projects;
  private final Forge forge;
  private final Authors authors;
  private final Messenger messenger;
  private final AuditTrail trail;

  ProposeChange(
      ProjectRepository projects,
      Forge forge,
      Authors authors,
      Messenger messenger,
      AuditTrail trail) {
    this.projects = projects;
    this.forge = forge;
    this.authors = authors;
    this.messenger = messenger;
    this.trail = trail;
  }

  /**
   * What to propose.
   *
   * @param project the production project
   * @param commit of the exploration's project
   * @param by the id of the person who decided on the transfer
   */
  public record Command(
      ProjectId project, ExplorationId from, String commit, String title, String by) {}

  /** The branch of the change. */
  public record Result(String branch) {}

  /**
   * Proposes it; repeating it changes nothing.
   *
   * @throws Rejection WRONG_STATE when the project is not active
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    requireActive(command.project);
    var branch = "work/" + command.from.value();
    forge.ensureBranch(command.project, branch, "main");
    var files = new HashMap<String, byte[]>();
    for (var path : forge.list(command.from.project(), command.commit)) {
      forge
          .read(command.from.project(), command.commit, path)
          .ifPresent(content -> files.put("transfer/" + path, content));
    }
    var tip =
        forge.commit(
            command.project,
            branch,
            new Forge.Change(
                files,
                "Propose the result of " + command.from + " at " + command.commit,
                authors.of(command.by),
                false));
    trail.record(
        AuditEntry.done("project.change-proposed", command.project.value(), command.from.value())
            .with("branch", branch)
            .with("commit", tip)
            .with("by", command.by));
    tell(command, branch);
    return new Result(branch);
  }

  private void requireActive(ProjectId project) {
    var active =
        projects
            .findById(project.value())
            .filter(found -> found.state() == ProjectState.ACTIVE)
            .isPresent();
    if (!active) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "there is no active project " + project + " that could be changed");
    }
  }

  private void tell(Command command, String branch) {
    messenger.send(
        new Messenger.Notice(
            command.from + "/proposed",
            command.project,
            List.of(Role.OWNER.group(command.project), Role.METHODOLOGY.group(command.project)),
            "Change proposed: " + command.title,
            "The exploration %s was transferred. Its result is in the folder transfer of branch %s."
                .formatted(command.from, branch),
            "/api/v1/projects/" + command.project));
  }
}
