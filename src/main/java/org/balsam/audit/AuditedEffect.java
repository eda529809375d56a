package org.balsam.audit;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Rejection;

/**
 * How an {@code Audited…} port does something and records it: what was done in the caller's
 * transaction; what was refused or failed in a transaction of its own. What the caller got wrong
 * ({@code Invalid}, {@code NotFound}) is not recorded.
 */
public final class AuditedEffect {

  private AuditedEffect() {}

  /**
   * Does {@code work} and records {@code entry}.
   *
   * @param entry as if it had been done
   */
  public static <T> T of(AuditTrail trail, AuditEntry entry, Supplier<T> work) {
    return of(trail, entry, work, (unchanged, result) -> unchanged);
  }

  /**
   * Does {@code work} and records {@code entry}.
   *
   * @param entry as if it had been done
   * @param describe adds what only the result tells
   */
  public static <T> T of(
      AuditTrail trail,
      AuditEntry entry,
      Supplier<T> work,
      BiFunction<AuditEntry, T, AuditEntry> describe) {
    T result;
    try {
      result = work.get();
    } catch (Rejection | Forbidden no) {
      trail.recordSeparately(
          entry
              .outcome(AuditEntry.Outcome.REFUSED)
              .with("code", no.code().code())
              .with("refusal", no.getMessage()));
      throw no;
    } catch (ExternalFailure trouble) {
      trail.recordSeparately(
          entry
              .outcome(AuditEntry.Outcome.FAILED)
              .with("system", trouble.system())
              .with("failure", trouble.getMessage()));
      throw trouble;
    }
    trail.record(describe.apply(entry, result));
    return result;
  }

  /** Like {@link #of(AuditTrail, AuditEntry, Supplier)} for work without a result. */
  public static void run(AuditTrail trail, AuditEntry entry, Runnable work) {
    of(
        trail,
        entry,
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }
}
