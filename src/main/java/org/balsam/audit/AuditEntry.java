package org.balsam.audit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded.
 *
 * @param action from the vocabulary of {@code docs/audit.md}, dot.case, for example {@code
 *     bucket.created}
 * @param project the project's slug; null takes it from the call context
 * @param subject what it happened to: a round, a dataset version, a task; null takes it from the
 *     call context
 * @param reason what a person gave as the reason; kept apart from the leaf so that it can be erased
 * @param details facts as strings, longs, booleans, or lists and maps of these; no floats, no
 *     secrets, no personal free text
 */
public record AuditEntry(
    String action,
    Outcome outcome,
    @Nullable String project,
    @Nullable String subject,
    @Nullable String reason,
    Map<String, Object> details) {

  /** How it ended. */
  public enum Outcome {
    ATTEMPTED,
    DONE,
    REFUSED,
    FAILED
  }

  public AuditEntry {
    details = Map.copyOf(details);
  }

  /** Something that was done. */
  public static AuditEntry done(String action, @Nullable String project, @Nullable String subject) {
    return new AuditEntry(action, Outcome.DONE, project, subject, null, Map.of());
  }

  /** Something that was refused, and why. */
  public static AuditEntry refused(
      String action, @Nullable String project, @Nullable String subject, String why) {
    return new AuditEntry(action, Outcome.REFUSED, project, subject, null, Map.of("refusal", why));
  }

  /** The same with one more fact. */
  public AuditEntry with(String name, Object value) {
    var more = new TreeMap<>(details);
    more.put(name, value);
    return new AuditEntry(action, outcome, project, subject, reason, more);
  }

  /** The same with a person's reason. */
  public AuditEntry because(@Nullable String reason) {
    return new AuditEntry(action, outcome, project, subject, reason, details);
  }

  /** The same with another outcome. */
  public AuditEntry outcome(Outcome outcome) {
    return new AuditEntry(action, outcome, project, subject, reason, details);
  }
}
