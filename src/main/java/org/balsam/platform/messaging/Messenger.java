package org.balsam.platform.messaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;

/**
 * Tells people what happened. Notices are written in the caller's transaction: when it commits they
 * are in the inbox, and leave by every {@link Channel} afterwards, at least once, with retries;
 * sending never fails because a receiver is down.
 */
public interface Messenger {

  /**
   * Makes sure that the project has a channel, on every system where projects have one.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when one of that name belongs to another
   * @throws org.balsam.kernel.ExternalFailure when such a system cannot be reached
   */
  void ensureChannel(ProjectId project);

  /**
   * Removes the project's channel with its notices; does nothing when there is none. Where a chat
   * keeps one, it is archived.
   *
   * @throws org.balsam.kernel.ExternalFailure when such a system cannot be reached
   */
  void removeChannel(ProjectId project);

  /** Sends a notice; a second one with the same key is ignored. */
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
   * @param kind what people may choose to hear of, and what they must hear of
   * @param groups who is told, as {@code project/role} of this project or {@code
   *     platform/administrator}; empty for every member
   * @param subject one line of 1 to 200 characters
   * @param text at most 10,000 characters
   * @param link a path in Balsam, starting with {@code /}, or empty; at most 500 characters
   */
  record Notice(
      String key,
      Kind kind,
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

  /** What sort of thing happened. */
  enum Kind {
    /** Work went on or ended. */
    PROGRESS,
    /** Something was announced, published or put to use. */
    RELEASE,
    /** Somebody who is told has to act. */
    TASK,
    /** Something is wrong, or was taken back. */
    ALARM;

    /** Whether the rules demand it, so that neither projects nor persons can switch it off. */
    public boolean demanded() {
      return this == TASK || this == ALARM;
    }

    /** Reads the lower-case writing. */
    @JsonCreator
    public static Kind parse(String value) {
      return Arrays.stream(values())
          .filter(kind -> kind.value().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new Invalid(
                      ErrorCode.INVALID_INPUT, "kind", "is one of progress, release, task, alarm"));
    }

    /** The writing in the API and in the database. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A notice in the inbox, and when it was sent. */
  record Received(Notice notice, Instant at) {}
}
