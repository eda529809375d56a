package org.balsam.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;

/**
 * Explains every gap in the writers' numbers: of this node's transactions that did not commit, and
 * of nodes that died.
 */
final class AuditHousekeeping {

  /** How long a writer may be silent before it counts as dead. */
  private static final String SILENCE = "60 seconds";

  private static final int AT_ONCE = 500;

  private final AuditDatabase database;
  private final EventWriter writer;
  private final AuditTrail trail;

  AuditHousekeeping(AuditDatabase database, EventWriter writer, AuditTrail trail) {
    this.database = database;
    this.writer = writer;
    this.trail = trail;
  }

  void start() {
    record(about("audit.writer.started", writer.name()));
  }

  /** Called every few seconds. */
  void beat() {
    database
        .own()
        .update(
            "update audit_writer set seen_at = clock_timestamp() where writer = ?", writer.name());
    database
        .own()
        .queryForList(
            "select writer from audit_writer where not closed and seen_at < clock_timestamp() -"
                + " interval '"
                + SILENCE
                + "'",
            String.class)
        .forEach(this::close);
  }

  /** Names the numbers of transactions that did not commit. */
  void explainUnused() {
    var numbers = new ArrayList<EventWriter.Numbers>();
    for (var next = writer.pollUnused(); next != null; next = writer.pollUnused()) {
      numbers.add(next);
    }
    try {
      explain(writer.name(), numbers);
    } catch (RuntimeException failure) {
      numbers.forEach(writer::unused);
      throw failure;
    }
  }

  private void explain(String name, List<EventWriter.Numbers> numbers) {
    for (int from = 0; from < numbers.size(); from += AT_ONCE) {
      var some = numbers.subList(from, Math.min(numbers.size(), from + AT_ONCE));
      var ranges = some.stream().map(range -> List.of(range.first(), range.last())).toList();
      record(about("audit.numbers.unused", name).with("numbers", ranges));
    }
  }

  /** The last event of this run. */
  void stop() {
    explainUnused();
    close(writer.name());
  }

  private void close(String name) {
    var jdbc = database.own();
    explain(
        name,
        jdbc.query(
            """
            select prior + 1, writer_seq - 1 from (
              select writer_seq, lag(writer_seq, 1, 0::bigint) over (order by writer_seq) as prior
              from audit_event where writer = ?) numbers
            where writer_seq > prior + 1
            """,
            (row, number) -> new EventWriter.Numbers(row.getLong(1), row.getLong(2)),
            name));
    var last =
        jdbc.queryForObject(
            "select coalesce(max(writer_seq), 0) from audit_event where writer = ?",
            Long.class,
            name);
    record(about("audit.writer.closed", name).with("last", Objects.requireNonNull(last)));
    jdbc.update("update audit_writer set closed = true where writer = ?", name);
  }

  private void record(AuditEntry entry) {
    CallContext.of(Actor.BALSAM).run(() -> trail.recordSeparately(entry));
  }

  private static AuditEntry about(String action, String subject) {
    return AuditEntry.done(action, null, subject);
  }
}
