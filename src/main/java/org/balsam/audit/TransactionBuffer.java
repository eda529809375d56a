package org.balsam.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects the events of one transaction and writes them right before it commits.
 *
 * <p>Events that come after that moment (from a callback that runs even later) are written at once
 * while the transaction lives, and in a transaction of their own after it.
 */
final class TransactionBuffer implements TransactionSynchronization {

  private enum Phase {
    COLLECTING,
    WRITTEN,
    COMPLETING
  }

  private static final int FULL = 200;

  private final EventWriter writer;
  private final AuditDatabase database;
  private final List<Draft> waiting = new ArrayList<>();
  private final List<EventWriter.Numbers> written = new ArrayList<>();
  private final Map<Object, Integer> savepoints = new HashMap<>();
  private Phase phase = Phase.COLLECTING;

  private TransactionBuffer(EventWriter writer, AuditDatabase database) {
    this.writer = writer;
    this.database = database;
  }

  /** The buffer of the current transaction, or null where there is none to join. */
  static @Nullable TransactionBuffer current(EventWriter writer, AuditDatabase database) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()
        || !TransactionSynchronizationManager.isActualTransactionActive()
        || TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
      return null;
    }
    var bound = (TransactionBuffer) TransactionSynchronizationManager.getResource(writer);
    if (bound == null) {
      bound = new TransactionBuffer(writer, database);
      TransactionSynchronizationManager.bindResource(writer, bound);
      TransactionSynchronizationManager.registerSynchronization(bound);
    }
    return bound;
  }

  void add(Draft draft) {
    if (phase == Phase.COMPLETING) {
      writer.appendSeparately(List.of(draft));
      return;
    }
    waiting.add(draft);
    if (phase == Phase.WRITTEN || waiting.size() >= FULL && savepoints.isEmpty()) {
      write();
    }
  }

  private void write() {
    if (!waiting.isEmpty()) {
      written.add(writer.append(database.joined(), List.copyOf(waiting)));
      waiting.clear();
    }
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    write();
    phase = Phase.WRITTEN;
  }

  @Override
  public void beforeCompletion() {
    phase = Phase.COMPLETING;
  }

  @Override
  public void afterCompletion(int status) {
    TransactionSynchronizationManager.unbindResourceIfPossible(writer);
    phase = Phase.COMPLETING;
    if (status != STATUS_COMMITTED) {
      written.forEach(writer::unused);
    } else if (!waiting.isEmpty()) {
      // this buffer was opened by another callback, after beforeCommit had been called
      writer.appendSeparately(List.copyOf(waiting));
    }
  }

  @Override
  public void suspend() {
    TransactionSynchronizationManager.unbindResourceIfPossible(writer);
  }

  @Override
  public void resume() {
    TransactionSynchronizationManager.bindResource(writer, this);
  }

  @Override
  public void savepoint(Object savepoint) {
    savepoints.put(savepoint, waiting.size());
  }

  @Override
  public void savepointRollback(Object savepoint) {
    var kept = savepoints.get(savepoint);
    if (kept == null) {
      // older than this buffer: everything that it holds or wrote is undone
      waiting.clear();
      written.forEach(writer::unused);
      written.clear();
    } else if (kept < waiting.size()) {
      waiting.subList(kept, waiting.size()).clear();
    }
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
