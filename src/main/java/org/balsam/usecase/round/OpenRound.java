package org.balsam.usecase.round;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pins the method version of a round and makes its branch (GSBPM 3.4). */
@Component
public class OpenRound {

  private final RoundRows rows;
  private final MethodVersions methods;
  private final ProjectFiles files;
  private final ProjectPolicies policies;
  private final Forge forge;
  private final AuditTrail trail;

  OpenRound(
      RoundRows rows,
      MethodVersions methods,
      ProjectFiles files,
      ProjectPolicies policies,
      Forge forge,
      AuditTrail trail) {
    this.rows = rows;
    this.methods = methods;
    this.files = files;
    this.policies = policies;
    this.forge = forge;
    this.trail = trail;
  }

  /** What to open. */
  public record Command(RoundId round) {}

  /**
   * What was pinned.
   *
   * @param commit 40 hexadecimal digits
   */
  public record Result(String commit) {}

  /**
   * Opens it; a round that is open keeps its commit, whatever has happened to the method since.
   *
   * @throws org.balsam.kernel.Invalid when {@code balsam.yaml} is malformed, or outside the bounds
   *     of its template's policy
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var round = rows.lock(command.round);
    if (round.commitId == null) {
      open(round);
    }
    return new Result(round.commitId);
  }

  private void open(RoundEntity round) {
    var id = round.roundId();
    var method = methods.newest(id.project());
    // a branch that an attempt before a crash has made decides
    var commit = forge.ensureBranch(id.project(), id.branch(), method.commit());
    files.at(id.project(), commit);
    policies.require(id.project(), commit);
    round.commitId = commit;
    round.method = method.name();
    trail.record(
        AuditEntry.done("round.opened", id.project().value(), id.value())
            .with("commit", commit)
            .with("method", method.name()));
  }
}
