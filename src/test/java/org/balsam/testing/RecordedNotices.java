package org.balsam.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger;

/** Notices in memory, one per key. */
public final class RecordedNotices implements Messenger {

  private final List<Notice> sent = new CopyOnWriteArrayList<>();

  @Override
  public void ensureChannel(ProjectId project) {}

  @Override
  public void removeChannel(ProjectId project) {}

  @Override
  public void send(Notice notice) {
    if (sent.stream().noneMatch(one -> one.key().equals(notice.key()))) {
      sent.add(notice);
    }
  }

  @Override
  public List<Received> inbox(Set<String> groups, int limit) {
    return List.of();
  }

  public List<Notice> about(ProjectId project) {
    return sent.stream().filter(notice -> notice.project().equals(project)).toList();
  }
}
