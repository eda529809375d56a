package org.balsam.platform.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.ProjectId;

/**
 * Tells people what happened. Notices are queued in the caller's transaction and delivered after it
 * commits, at least once, with retries; sending never fails because a receiver is down.
 */
public interface Messenger {

  /** Makes sure that the project has a channel. */
  void ensureChannel(ProjectId project);

  /** Removes the project's channel; does nothing when there is none. */
  void removeChannel(ProjectId project);

  /** Queues a notice; a second one with the same key is ignored. */
  void send(Notice notice);

  /**
   * The newest notices to a person's groups, newest first.
   *
   * @param groups {@code project/role}
   * @param limit 1 to 200
   */
  List<Received> inbox(Set<String> groups, int limit);

  /**
   * What to tell whom. Control characters are allowed in {@code text} only, as line breaks and
   * tabs.
   *
   * @param key makes it one notice, for example {@code lfs-2026-q3-r0/released}; 1 to 200
   *     characters
   * @param groups who is told, as {@code project/role} of this project or {@code
   *     platform/administrator}; empty for every member
   * @param subject one line of 1 to 200 characters
   * @param text at most 10,000 characters
   * @param link a path in Balsam, starting with {@code /}, or empty; at most 500 characters
   */
  record Notice(
      String key,
      ProjectId project,
      List<String> groups,
      String subject,
      String text,
      String link) {

    public Notice {
      groups = List.copyOf(groups);
      NoticeRules.check(key, project, groups, subject, text, link);
    }
  }

  /** A delivered notice. */
  record Received(Notice notice, Instant at) {}
}
