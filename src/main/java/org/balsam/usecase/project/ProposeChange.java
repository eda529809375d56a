package org.balsam.usecase.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
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

  private static final long LARGEST_CHANGE = 64 << 20;

  private final TransferTargets targets;
  private final Forge forge;
  private final Authors authors;
  private final Messenger messenger;
  private final AuditTrail trail;

  ProposeChange(
      TransferTargets targets,
      Forge forge,
      Authors authors,
      Messenger messenger,
      AuditTrail trail) {
    this.targets = targets;
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
   * @param classification of the most sensitive data that the exploration used
   * @param owner the id of the person who will be accountable
   * @param by the id of the person who decided on the transfer
   */
  public record Command(
      ProjectId project,
      ExplorationId from,
      String commit,
      String title,
      Classification classification,
      String owner,
      String by) {}

  /** The branch of the change. */
  public record Result(String branch) {}

  /**
   * Proposes it; repeating it changes nothing.
   *
   * @throws Rejection WRONG_STATE when the project is not active, not open to the person who
   *     decided, not the named owner's, or less protected than the data; LIMIT_EXCEEDED for more
   *     than a change can hold
   */
  @Transactional(noRollbackFor = {Rejection.class, Invalid.class})
  public Result handle(Command command) {
    targets.check(command);
    var branch = "work/" + command.from.value();
    try {
      propose(command, branch, files(command));
    } catch (Invalid unusable) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED, "the lab branch cannot be used: " + unusable.getMessage());
    }
    tell(command, branch);
    return new Result(branch);
  }

  private Map<String, byte[]> files(Command command) {
    var files = new HashMap<String, byte[]>();
    var bytes = 0L;
    for (var path : forge.list(command.from.project(), command.commit)) {
      var content = forge.read(command.from.project(), command.commit, path);
      content.ifPresent(found -> files.put("transfer/" + path, found));
      bytes += content.map(found -> found.length).orElse(0);
      if (bytes > LARGEST_CHANGE) {
        throw new Rejection(
            ErrorCode.LIMIT_EXCEEDED,
            "the lab branch has more than 64 MiB; keep data and results out of it");
      }
    }
    return files;
  }

  private void propose(Command command, String branch, Map<String, byte[]> files) {
    forge.ensureBranch(command.project, branch, "main");
    var tip =
        forge.commit(
            command.project,
            branch,
            new Forge.Change(
                files,
                "Propose the result of " + command.from + " at " + command.commit,
                authors.of(command.by),
                false));
    forge.propose(
        command.project,
        new Forge.Proposal(
            branch,
            "main",
            command.title,
            "The result of the exploration %s at commit %s, in the folder transfer."
                .formatted(command.from, command.commit)));
    trail.record(
        AuditEntry.done("project.change-proposed", command.project.value(), command.from.value())
            .with("branch", branch)
            .with("commit", tip)
            .with("by", command.by));
  }

  private void tell(Command command, String branch) {
    messenger.send(
        new Messenger.Notice(
            command.from + "/proposed",
            Messenger.Kind.PROGRESS,
            command.project,
            List.of(Role.OWNER.group(command.project), Role.METHODOLOGY.group(command.project)),
            "Change proposed: " + command.title,
            "The exploration %s was transferred. Its result is in the folder transfer of branch %s."
                .formatted(command.from, branch),
            "/api/v1/projects/" + command.project));
  }
}
