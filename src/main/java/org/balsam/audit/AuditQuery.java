package org.balsam.audit;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for; null means any.
 *
 * @param projects slugs of the projects that the asker may see; an empty set finds nothing
 * @param action one, or all that begin alike: {@code round.*}
 * @param from first moment, inclusive
 * @param to last moment, exclusive
 */
public record AuditQuery(
    @Nullable Set<String> projects,
    @Nullable String subject,
    @Nullable String actor,
    @Nullable String action,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** Everything. */
  public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null);

  /** Everything of one project. */
  public static AuditQuery ofProject(String project) {
    return new AuditQuery(Set.of(project), null, null, null, null, null);
  }

  /** The same about one subject only. */
  public AuditQuery about(@Nullable String subject) {
    return new AuditQuery(projects, subject, actor, action, from, to);
  }
}
