package org.balsam.platform.forge.gitlab;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens there are, never their secrets. Every call commits by itself, so that no token is
 * forgotten when what it was made for is rolled back.
 */
public interface TokenLedger {

  /**
   * A token of a holder.
   *
   * @param space the id of GitLab's project
   * @param token the id of GitLab's token; null while it is being made
   */
  record Entry(String holder, ProjectId project, long space, @Nullable Long token) {}

  /** Notes that a token is about to be made; replaces what the holder had. */
  void begin(Entry entry, LocalDate expires);

  /** Notes that it was made. */
  void made(String holder, long token);

  /** The holder's token that has not been revoked. */
  Optional<Entry> open(String holder);

  /** The tokens of a project that have not been revoked. */
  List<Entry> openOf(ProjectId project);

  /** Notes that the holder needs it no more. */
  void ending(String holder);

  /** Tokens that are needed no more and have not been revoked; at most some. */
  List<Entry> unfinished();

  /** Notes that it was revoked. */
  void ended(String holder);
}
