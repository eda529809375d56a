package org.balsam.audit;

import java.util.List;

/**
 * Where everything that Balsam does, and everything that it refuses, is written down for good.
 *
 * <p>Actor, process, correlation and source come from {@link org.balsam.kernel.CallContext}. Safe
 * from any thread. Text is brought into Unicode form NFC; what cannot be stored (NUL, half of a
 * surrogate pair) becomes U+FFFD.
 *
 * <p>All methods throw {@link org.balsam.kernel.Invalid} for an action that is not dot.case, for
 * details of other types than string, integer, boolean, list and map, and for details or reasons of
 * more than 64 KiB: such an entry is a fault of the caller.
 */
public interface AuditTrail {

  /**
   * Records what happens in the caller's transaction: the event is there if and only if the
   * transaction commits. All events of a transaction are written by one statement right before it
   * commits; if that fails, so does the transaction. Outside a transaction, and in a read-only one,
   * this is {@link #recordSeparately}.
   *
   * @return the event's id
   */
  String record(AuditEntry entry);

  /**
   * Records an attempt or a refusal in a transaction of its own, so that it stays when the caller's
   * is rolled back. It has committed when this returns.
   *
   * @return the event's id
   */
  String recordSeparately(AuditEntry entry);

  /**
   * Like {@link #record} for several.
   *
   * @return the events' ids, in the same order
   */
  default List<String> recordAll(List<AuditEntry> entries) {
    return entries.stream().map(this::record).toList();
  }
}
