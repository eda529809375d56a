package org.balsam.platform.forge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;

/**
 * Git repositories with protected branches and tags, one per project.
 *
 * <p>All calls block, may be made from any thread, and are safe to repeat. Trouble of the forge
 * itself is an {@link org.balsam.kernel.ExternalFailure}. A project without a repository is {@link
 * org.balsam.kernel.NotFound} in every call but {@link #ensureRepository} and {@link
 * #removeRepository}.
 */
public interface Forge {

  /**
   * Makes sure that the project has a repository whose {@code main} holds {@code firstCommit} (path
   * to content). When it exists with a commit, nothing is written. {@code main}, {@code round/*}
   * and all tags are protected.
   *
   * @return the tip of {@code main}
   */
  String ensureRepository(ProjectId project, Map<String, byte[]> firstCommit, Author author);

  /** Removes the repository for good; does nothing when there is none. */
  void removeRepository(ProjectId project);

  /** The commit (40 hex digits) that a branch, tag or commit id names. */
  Optional<String> resolve(ProjectId project, String ref);

  /**
   * Makes sure that {@code branch} exists, starting at {@code ref}; an existing branch is left as
   * it is.
   *
   * @return its tip
   */
  String ensureBranch(ProjectId project, String branch, String ref);

  /**
   * Removes a branch; what was committed to it only can be forgotten by the forge then. Does
   * nothing when there is none.
   *
   * @throws org.balsam.kernel.Rejection REF_PROTECTED for a protected branch
   */
  void removeBranch(ProjectId project, String branch);

  /**
   * Makes sure that the annotated tag exists and points at {@code commit}.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when it points elsewhere
   */
  void ensureTag(ProjectId project, String tag, String commit, String message, Author author);

  /**
   * Adds one commit to {@code branch}: {@code changes} maps a path to its new content, an empty
   * array to an empty file, and null is not allowed. Repeating it with the same content makes no
   * second commit.
   *
   * @throws org.balsam.kernel.Rejection REF_PROTECTED unless {@code change.onProtected()}
   * @return the branch's new tip
   */
  String commit(ProjectId project, String branch, Change change);

  /** One file at a commit; at most 16 MiB, larger is {@link org.balsam.kernel.Invalid}. */
  Optional<byte[]> read(ProjectId project, String commit, String path);

  /** The paths of all files at a commit, sorted. */
  List<String> list(ProjectId project, String commit);

  /**
   * Branch and tag names with their commits, sorted by name ({@code refs/heads/…}, {@code
   * refs/tags/…}).
   */
  Map<String, String> refs(ProjectId project);

  /** Where a step runner fetches the repository from; without credentials in it. */
  URI cloneUri(ProjectId project);

  /**
   * Writes the files of one commit into a folder, as {@link CodeCheckout#fetch} does.
   *
   * @param target does not exist, or is an empty folder
   */
  void checkOut(ProjectId project, String commit, Path target);

  /**
   * Makes files that {@link #checkOut} wrote a working copy, in which a person commits to {@code
   * branch} and pushes with Git, as themselves.
   */
  void link(ProjectId project, String branch, Path files);

  /**
   * Makes sure that exactly these people have accounts' access to the project, as far as the forge
   * knows accounts; what the forge itself or Balsam needs stays.
   *
   * @param members people by id, which is their user name at the forge
   * @return what came of it
   */
  Members ensureMembers(ProjectId project, Map<String, Access> members);

  /**
   * Asks the project's people to merge a branch. Repeating it asks once, also when it was changed
   * or answered since.
   *
   * @return the page where they answer; empty where the forge has no such thing
   */
  Optional<URI> propose(ProjectId project, Proposal proposal);

  /**
   * Lets one holder, for example a job, read the project's repository and nothing else. A holder
   * has one grant at a time: repeating it ends the one before.
   *
   * @param life how long it will be needed at most; the forge may keep it open until the end of the
   *     next day
   * @return variables for {@link CodeCheckout#of} in another process, in which a secret may be;
   *     empty when none is needed
   */
  Map<String, String> grantReading(ProjectId project, String holder, Duration life);

  /**
   * Ends what {@link #grantReading} began.
   *
   * @return false when there is nothing to end
   */
  boolean endReading(ProjectId project, String holder);

  /**
   * Ends all grants of {@link #grantReading} of a project.
   *
   * @return false when there is nothing to end
   */
  boolean endReading(ProjectId project);

  /**
   * Writes all branches and tags with everything that they lead to as one file, from which Git
   * clones ({@code git clone repository.bundle}). Two files of the same repository may differ.
   *
   * @param file written anew
   */
  void bundle(ProjectId project, Path file);

  /** What a person may do with a repository at the forge. */
  enum Access {
    READ,
    /** Also push to branches and make tags that are not protected. */
    WRITE;

    private static final Set<Role> WRITERS =
        EnumSet.of(Role.OWNER, Role.METHODOLOGY, Role.PRODUCTION);

    /** What a member with these roles may do: who writes code may push. */
    public static Access of(Set<Role> roles) {
      return roles.stream().anyMatch(WRITERS::contains) ? WRITE : READ;
    }
  }

  /**
   * The people of a repository.
   *
   * @param unknown those whom the forge does not know; they have no access
   * @param changed those who were given other access or lost it
   */
  record Members(Set<String> unknown, Set<String> changed) {

    /** Nobody. */
    public static final Members NONE = new Members(Set.of(), Set.of());
  }

  /**
   * A branch to be merged.
   *
   * @param into the other branch
   */
  record Proposal(String branch, String into, String title, String text) {}

  /**
   * Who wrote a commit: always a person or Balsam on behalf of one.
   *
   * @param name shown name
   * @param email address, possibly of the {@code .invalid} domain
   */
  record Author(String name, String email) {}

  /**
   * One commit's content.
   *
   * @param onProtected whether this is a change that the rules allow on a protected branch
   */
  record Change(Map<String, byte[]> files, String message, Author author, boolean onProtected) {}
}
