package org.balsam.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.balsam.audit.format.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was written. Its fields, in canonical JSON, are the leaf of the tree.
 *
 * @param id a UUID of version 7
 * @param occurredAt UTC, microseconds
 * @param writer the run of a node that wrote it
 * @param writerSeq counts the writer's events from 1
 * @param actorKind {@code user}, {@code service} or {@code schedule}
 * @param groups the actor's groups at that moment, a JSON array in ascending order
 * @param outcome {@code attempted}, {@code done}, {@code refused} or {@code failed}
 * @param reasonHash SHA-256 of salt and reason, hexadecimal, when there is a reason
 * @param details canonical JSON
 */
public record AuditEvent(
    UUID id,
    Instant occurredAt,
    String writer,
    long writerSeq,
    String actorKind,
    String actor,
    String groups,
    @Nullable String project,
    @Nullable String subject,
    String action,
    String outcome,
    @Nullable String processInstance,
    @Nullable String activity,
    @Nullable String reasonHash,
    String details,
    @Nullable String correlation,
    @Nullable String source) {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int SCHEMA = 1;

  /** The same event with its place among the writer's events. */
  AuditEvent numbered(String writer, long writerSeq) {
    return new AuditEvent(
        id,
        occurredAt,
        writer,
        writerSeq,
        actorKind,
        actor,
        groups,
        project,
        subject,
        action,
        outcome,
        processInstance,
        activity,
        reasonHash,
        details,
        correlation,
        source);
  }

  /** The moment as it stands in the leaf. */
  public String occurredAtText() {
    return MICROSECONDS.format(occurredAt);
  }

  /** The leaf: canonical JSON (RFC 8785), keys in ascending order, absent values left out. */
  public String leaf() {
    var out = new StringBuilder(512).append('{');
    text(out, "action", action);
    text(out, "activity", activity);
    text(out, "actor", actor);
    text(out, "actorKind", actorKind);
    text(out, "correlation", correlation);
    json(out, "details", details);
    json(out, "groups", groups);
    text(out, "id", id.toString());
    text(out, "occurredAt", occurredAtText());
    text(out, "outcome", outcome);
    text(out, "processInstance", processInstance);
    text(out, "project", project);
    text(out, "reason", reasonHash);
    json(out, "schema", String.valueOf(SCHEMA));
    text(out, "source", source);
    text(out, "subject", subject);
    text(out, "writer", writer);
    json(out, "writerSeq", String.valueOf(writerSeq));
    return out.append('}').toString();
  }

  private static void text(StringBuilder out, String key, @Nullable String value) {
    if (value != null) {
      key(out, key);
      CanonicalJson.string(out, value);
    }
  }

  private static void json(StringBuilder out, String key, String value) {
    key(out, key);
    out.append(value);
  }

  private static void key(StringBuilder out, String key) {
    if (out.length() > 1) {
      out.append(',');
    }
    out.append('"').append(key).append("\":");
  }
}
