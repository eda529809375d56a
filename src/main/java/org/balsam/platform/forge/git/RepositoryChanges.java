package org.balsam.platform.forge.git;

import java.io.IOException;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge.Author;
import org.balsam.platform.forge.Forge.Change;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The changes of a forge, made in an open repository. Objects are written there; the adapter says
 * how a branch or tag moves.
 *
 * @param content the repository as it is at this moment
 * @param commits writes objects
 * @param move moves refs
 */
public record RepositoryChanges(RepositoryContent content, Commits commits, Move move) {

  private static final String MAIN = "refs/heads/main";

  /** Moves a branch, makes a branch or tag, or removes a branch. */
  @FunctionalInterface
  public interface Move {
    /**
     * Does it.
     *
     * @param name in full
     * @param before {@link ObjectId#zeroId} when it is new
     * @param after {@link ObjectId#zeroId} when it is to be removed
     * @throws IOException also when it is not at {@code before} any more
     */
    void ref(String name, ObjectId before, ObjectId after) throws IOException;
  }

  /** Refuses a change of a protected branch that the rules do not allow, before anything else. */
  public static void requireAllowed(ProjectId project, String branch, Change change) {
    GitNames.branch(branch);
    if (!change.onProtected()) {
      requireUnprotected(project, branch, "work on another branch");
    }
  }

  /** Refuses to remove a protected branch, before anything else. */
  public static void requireRemovable(ProjectId project, String branch) {
    requireUnprotected(project, branch, "it stays as long as the project");
  }

  private static void requireUnprotected(ProjectId project, String branch, String advice) {
    GitNames.branch(branch);
    if (GitNames.isProtected(branch)) {
      throw new Rejection(
          ErrorCode.REF_PROTECTED,
          "branch " + branch + " of " + project + " is protected; " + advice);
    }
  }

  /** The tip of main, which begins with these files unless it exists. */
  public String ensureFirst(Map<String, byte[]> files, Author author) throws IOException {
    var tip = content.tip(MAIN);
    if (tip.isPresent()) {
      return tip.get().name();
    }
    var commit = commits.write(content.repository(), null, files, "Start the project", author);
    move.ref(MAIN, ObjectId.zeroId(), commit);
    return commit.name();
  }

  /** The tip of a branch, which begins at {@code ref} unless it exists. */
  public String ensureBranch(String branch, String ref) throws IOException {
    var name = GitNames.branch(branch);
    var present = content.tip(name);
    if (present.isPresent()) {
      return present.get().name();
    }
    var start = content.required(ref);
    content.refuseConflict(name);
    move.ref(name, ObjectId.zeroId(), start);
    return start.name();
  }

  /** Removes a branch if it is there. */
  public String removeBranch(String branch) throws IOException {
    var name = GitNames.branch(branch);
    var tip = content.tip(name);
    if (tip.isPresent()) {
      move.ref(name, tip.get(), ObjectId.zeroId());
    }
    return name;
  }

  /**
   * Makes the tag unless it exists.
   *
   * @throws Rejection ALREADY_EXISTS when it points elsewhere
   */
  public String ensureTag(String tag, String commit, String message, Author author)
      throws IOException {
    var name = GitNames.tag(tag);
    var target = content.required(commit);
    var present = content.tip(name);
    if (present.isEmpty()) {
      content.refuseConflict(name);
      var made = commits.writeTag(content.repository(), tag, target, message, author);
      move.ref(name, ObjectId.zeroId(), made);
    } else if (!present.get().equals(target)) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "tag %s of %s points at commit %s and cannot be moved to %s"
              .formatted(tag, content.project(), present.get().name(), target.name()));
    }
    return target.name();
  }

  /**
   * Adds a commit unless the branch holds its content.
   *
   * @throws NotFound when there is no such branch
   */
  public String commit(String branch, Change change) throws IOException {
    var name = GitNames.branch(branch);
    var tip =
        content
            .tip(name)
            .orElseThrow(() -> new NotFound(content.project() + " has no branch " + branch));
    var made =
        commits.write(content.repository(), tip, change.files(), change.message(), change.author());
    if (!made.equals(tip)) {
      move.ref(name, tip, made);
    }
    return made.name();
  }
}
