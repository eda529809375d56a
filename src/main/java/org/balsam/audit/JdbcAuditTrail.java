package org.balsam.audit;

import java.time.Clock;
import java.util.List;
import org.balsam.kernel.CallContext;

/** The trail in PostgreSQL. */
final class JdbcAuditTrail implements AuditTrail {

  private final EventWriter writer;
  private final AuditDatabase database;
  private final Clock clock;

  JdbcAuditTrail(EventWriter writer, AuditDatabase database, Clock clock) {
    this.writer = writer;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public String record(AuditEntry entry) {
    var draft = Draft.of(entry, CallContext.current(), clock);
    var transaction = TransactionBuffer.current(writer, database);
    if (transaction == null) {
      writer.appendSeparately(List.of(draft));
    } else {
      transaction.add(draft);
    }
    return draft.event().id().toString();
  }

  @Override
  public String recordSeparately(AuditEntry entry) {
    var draft = Draft.of(entry, CallContext.current(), clock);
    writer.appendSeparately(List.of(draft));
    return draft.event().id().toString();
  }
}
