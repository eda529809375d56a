package org.balsam.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Writes events to their table and reads them back. */
final class EventRows {

  static final String COLUMNS =
      "e.id, e.occurred_at, e.writer, e.writer_seq, e.actor_kind, e.actor, e.actor_groups,"
          + " e.project, e.subject, e.action, e.outcome, e.process_instance, e.activity,"
          + " e.reason_hash, e.details, e.correlation, e.source";

  private static final String INSERT =
      """
      insert into audit_event (id, occurred_at, writer, writer_seq, actor_kind, actor,
        actor_groups, project, subject, action, outcome, process_instance, activity,
        reason_hash, details, correlation, source, mac)
      select * from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
      """;
  private static final String INSERT_PAYLOAD =
      "insert into audit_payload (event_id, salt, reason) values (?, ?, ?)";

  private EventRows() {}

  /** Writes all with one statement. */
  static void insert(JdbcOperations jdbc, List<AuditEvent> events, List<byte[]> macs) {
    jdbc.execute(
        (Connection connection) -> {
          try (var statement = connection.prepareStatement(INSERT)) {
            bind(connection, statement, events, macs);
            return statement.executeUpdate();
          }
        });
  }

  static void insertPayloads(JdbcOperations jdbc, List<Draft> drafts) {
    var rows =
        drafts.stream()
            .filter(draft -> draft.reason() != null)
            .map(draft -> new Object[] {draft.event().id(), draft.salt(), draft.reason()})
            .toList();
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(INSERT_PAYLOAD, rows);
    }
  }

  private static void bind(
      Connection connection,
      PreparedStatement statement,
      List<AuditEvent> events,
      List<byte[]> macs)
      throws SQLException {
    List<Function<AuditEvent, Object>> columns =
        List.of(
            AuditEvent::id,
            AuditEvent::occurredAtText,
            AuditEvent::writer,
            AuditEvent::writerSeq,
            AuditEvent::actorKind,
            AuditEvent::actor,
            AuditEvent::groups,
            AuditEvent::project,
            AuditEvent::subject,
            AuditEvent::action,
            AuditEvent::outcome,
            AuditEvent::processInstance,
            AuditEvent::activity,
            AuditEvent::reasonHash,
            AuditEvent::details,
            AuditEvent::correlation,
            AuditEvent::source);
    int index = 1;
    for (var column : columns) {
      var values = events.stream().map(column).map(EventRows::text).toArray(String[]::new);
      statement.setArray(index++, connection.createArrayOf("text", values));
    }
    statement.setArray(index, connection.createArrayOf("bytea", macs.toArray(byte[][]::new)));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** Reads {@link #COLUMNS} from the current row; they start at column {@code first}. */
  static AuditEvent read(ResultSet row, int first) throws SQLException {
    return new AuditEvent(
        row.getObject(first, UUID.class),
        row.getObject(first + 1, OffsetDateTime.class).toInstant(),
        row.getString(first + 2),
        row.getLong(first + 3),
        row.getString(first + 4),
        row.getString(first + 5),
        row.getString(first + 6),
        row.getString(first + 7),
        row.getString(first + 8),
        row.getString(first + 9),
        row.getString(first + 10),
        row.getString(first + 11),
        row.getString(first + 12),
        row.getString(first + 13),
        row.getString(first + 14),
        row.getString(first + 15),
        row.getString(first + 16));
  }
}
