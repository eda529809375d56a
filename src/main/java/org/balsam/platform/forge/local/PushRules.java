package org.balsam.platform.forge.local;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.git.GitNames;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people may push: branches of their own and {@code main}, by commits that keep the {@link
 * org.balsam.platform.forge.ContentRules}, and new tags {@code mth/*}. What is refused is told by
 * branch, file and line. A push is recorded when it is allowed, before the branch moves.
 */
final class PushRules implements PreReceiveHook {

  private static final Logger LOG = LoggerFactory.getLogger(PushRules.class);
  private static final String BRANCHES = "refs/heads/";
  private static final String METHODS = "refs/tags/mth/";
  private static final String REWRITE =
      "What a later commit takes out is still in the history: change the commit itself (git commit --amend, git rebase -i) or make the tag again (git tag -d, git tag -a), then push again.";

  private final ProjectId project;
  private final AuditTrail trail;

  PushRules(ProjectId project, AuditTrail trail) {
    this.project = project;
    this.trail = trail;
  }

  @Override
  public void onPreReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
    for (var command : commands) {
      try {
        var why = nameRefused(command);
        why = why == null ? placeRefused(pack, command, commands) : why;
        why = why == null ? folderRefused(command) : why;
        if (why != null) {
          refuse(command, why, List.of());
          continue;
        }
        judge(pack, command, PushedFiles.problems(pack.getRepository(), command.getNewId()));
      } catch (IOException trouble) {
        LOG.error("cannot look through a push to {} of {}", name(command), project, trouble);
        refuse(command, "Balsam could not look through it; push again", List.of());
      }
    }
  }

  private static @Nullable String nameRefused(ReceiveCommand command) {
    var name = command.getRefName();
    if (name.startsWith(METHODS) && command.getType() != ReceiveCommand.Type.CREATE) {
      return "a tag is never moved; make another one";
    }
    try {
      if (name.startsWith(METHODS)) {
        GitNames.tag(name.substring("refs/tags/".length()));
        return null;
      }
      if (name.startsWith(BRANCHES + "round/") || !name.startsWith(BRANCHES)) {
        return "is Balsam's; people push branches other than round/* and tags mth/*";
      }
      GitNames.branch(name.substring(BRANCHES.length()));
      return null;
    } catch (Invalid malformed) {
      return malformed.getMessage();
    }
  }

  /** Git cannot have {@code a} and {@code a/b} at once, and would only say that it cannot lock. */
  private static @Nullable String placeRefused(
      ReceivePack pack, ReceiveCommand command, Collection<ReceiveCommand> commands)
      throws IOException {
    if (command.getType() != ReceiveCommand.Type.CREATE) {
      return null;
    }
    var name = command.getRefName();
    // those are removed first
    var deleted =
        commands.stream()
            .filter(other -> other.getType() == ReceiveCommand.Type.DELETE)
            .map(ReceiveCommand::getRefName)
            .collect(Collectors.toSet());
    var others =
        Stream.concat(
                pack.getRepository().getRefDatabase().getConflictingNames(name).stream(),
                commands.stream().map(ReceiveCommand::getRefName))
            .filter(other -> !deleted.contains(other))
            .filter(other -> other.startsWith(name + "/") || name.startsWith(other + "/"))
            .distinct()
            .toList();
    return others.isEmpty()
        ? null
        : "%s stands in the way: in Git no name can be the folder of another one; push to another, for example %s"
            .formatted(printable(others), GitNames.printable(beside(name, others.get(0))));
  }

  /** A branch of such a name would leave Balsam no place for its own. */
  private static @Nullable String folderRefused(ReceiveCommand command) {
    var branch = command.getRefName().replaceFirst("^" + BRANCHES, "");
    return command.getType() != ReceiveCommand.Type.CREATE || !GitNames.isFolder(branch)
        ? null
        : "Balsam makes branches below it, such as %s/..., and in Git no name can be the folder of another one; push to another, for example %s-2"
            .formatted(branch, branch.replace('/', '-'));
  }

  private static String printable(List<String> names) {
    return names.stream().limit(3).map(GitNames::printable).collect(Collectors.joining(", "));
  }

  /** {@code work/a-x} for {@code work/a/x} beside {@code work/a}, which has no such folder. */
  private static String beside(String name, String other) {
    var free =
        other.startsWith(name) ? name + "-2" : other + "-" + name.substring(other.length() + 1);
    return free.replaceFirst("^refs/(?:heads|tags)/", "");
  }

  private void judge(ReceivePack pack, ReceiveCommand command, List<Problem> problems) {
    if (problems.isEmpty()) {
      trail.recordSeparately(
          described(AuditEntry.done("repository.pushed", project.value(), null), command));
      return;
    }
    pack.sendMessage("Balsam cannot take " + name(command) + ":");
    problems.forEach(problem -> pack.sendMessage("  " + problem.where() + " " + problem.message()));
    pack.sendMessage(REWRITE);
    refuse(command, "holds what does not belong into a repository; see above", problems);
  }

  private void refuse(ReceiveCommand command, String why, List<Problem> problems) {
    command.setResult(Result.REJECTED_OTHER_REASON, why);
    trail.recordSeparately(
        described(AuditEntry.refused("repository.pushed", project.value(), null, why), command)
            .with("files", problems.stream().map(Problem::where).toList()));
  }

  private static AuditEntry described(AuditEntry entry, ReceiveCommand command) {
    return entry
        .with("ref", name(command))
        .with("before", command.getOldId().name())
        .with("after", command.getNewId().name());
  }

  private static String name(ReceiveCommand command) {
    return GitNames.printable(command.getRefName());
  }
}
