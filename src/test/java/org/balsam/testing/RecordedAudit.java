package org.balsam.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;

/** An audit trail in memory, for tests of what is recorded. */
public final class RecordedAudit implements AuditTrail {

  private final List<AuditEntry> together = new CopyOnWriteArrayList<>();
  private final List<AuditEntry> separately = new CopyOnWriteArrayList<>();

  @Override
  public String record(AuditEntry entry) {
    together.add(entry);
    return "together-" + together.size();
  }

  @Override
  public String recordSeparately(AuditEntry entry) {
    separately.add(entry);
    return "separately-" + separately.size();
  }

  /** What was recorded in the caller's transaction. */
  public List<AuditEntry> together() {
    return together;
  }

  /** What was recorded in transactions of their own. */
  public List<AuditEntry> separately() {
    return separately;
  }
}
