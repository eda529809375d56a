package org.balsam.platform.forge;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ProjectId;

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
