package org.balsam.platform.messaging;

import java.util.List;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.ProjectId;

/** A messenger whose every notice is recorded, without what it says. */
final class AuditedMessenger implements Messenger {

  private final Messenger messenger;
  private final AuditTrail trail;

  AuditedMessenger(Messenger messenger, AuditTrail trail) {
    this.messenger = messenger;
    this.trail = trail;
  }

  @Override
  public void ensureChannel(ProjectId project) {
    AuditedEffect.run(
        trail,
        AuditEntry.done("channel.created", project.value(), null),
        () -> messenger.ensureChannel(project));
  }

  @Override
  public void removeChannel(ProjectId project) {
    AuditedEffect.run(
        trail,
        AuditEntry.done("channel.removed", project.value(), null),
        () -> messenger.removeChannel(project));
  }

  @Override
  public void send(Notice notice) {
    AuditedEffect.run(
        trail,
        AuditEntry.done("notice.queued", notice.project().value(), null)
            .with("key", notice.key())
            .with("groups", notice.groups()),
        () -> messenger.send(notice));
  }

  @Override
  public List<Received> inbox(Set<String> groups, int limit) {
    return messenger.inbox(groups, limit);
  }
}
