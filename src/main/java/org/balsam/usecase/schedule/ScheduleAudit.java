package org.balsam.usecase.schedule;

import org.balsam.audit.AuditEntry;

/** How the rules of a schedule look in the audit trail. */
final class ScheduleAudit {

  private ScheduleAudit() {}

  static AuditEntry rules(AuditEntry entry, ScheduleRules rules) {
    return entry
        .with("recurrence", rules.recurrence())
        .with("zone", rules.zone().getId())
        .with("holidays", rules.sortedHolidays().stream().map(Object::toString).toList())
        .with("nonWorkingDays", rules.nonWorkingDays().name())
        .with("leadDays", (long) rules.leadDays())
        .with("misfirePolicy", rules.misfirePolicy().name())
        .with("frequency", rules.frequency().name())
        .with("periodOffset", (long) rules.periodOffset());
  }
}
