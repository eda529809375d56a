package org.balsam.audit;

import java.util.function.Supplier;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Does what people ask for in one transaction, and records it when the answer is no. */
@Component
public class Refusals {

  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  Refusals(AuditTrail trail, PlatformTransactionManager transactions) {
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  private record Outcome<T>(@Nullable T result, @Nullable BalsamException refusal) {}

  /**
   * Runs {@code work}. A refusal is recorded after its transaction has let go of everything; a
   * transaction around this one goes on.
   */
  public <T> T recorded(String action, ProjectId project, String subject, Supplier<T> work) {
    var outcome = transaction.execute(status -> attempt(status, work));
    if (outcome.refusal == null) {
      return outcome.result;
    }
    trail.recordSeparately(
        AuditEntry.refused(action, project.value(), subject, outcome.refusal.getMessage())
            .with("code", outcome.refusal.code().code()));
    throw outcome.refusal;
  }

  private static <T> Outcome<T> attempt(TransactionStatus status, Supplier<T> work) {
    try {
      return new Outcome<>(work.get(), null);
    } catch (Rejection | Forbidden no) {
      if (status.isNewTransaction()) {
        status.setRollbackOnly();
      }
      return new Outcome<>(null, no);
    }
  }
}
