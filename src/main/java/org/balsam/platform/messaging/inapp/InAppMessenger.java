package org.balsam.platform.messaging.inapp;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Channels;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.messaging.NoticePreferences;
import org.balsam.platform.messaging.Outbox;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps notices for Balsam's own inbox, and hands them to the channels. A removed channel takes its
 * notices along.
 */
public final class InAppMessenger implements Messenger {

  private final Outbox outbox;
  private final NoticePreferences preferences;
  private final Channels channels;
  private final JdbcClient database;
  private final Clock clock;

  /** Uses the same database as its callers, so that their transactions hold its rows too. */
  public InAppMessenger(
      Outbox outbox,
      NoticePreferences preferences,
      Channels channels,
      JdbcClient database,
      Clock clock) {
    this.outbox = outbox;
    this.preferences = preferences;
    this.channels = channels;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void ensureChannel(ProjectId project) {
    channels.all().forEach(channel -> channel.open(project));
    database
        .sql(
            """
            insert into messaging_channel (project, created_at) values (:project, :now)
            on conflict (project) do nothing
            """)
        .param("project", project.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  public void removeChannel(ProjectId project) {
    channels.all().forEach(channel -> channel.close(project));
    preferences.forget(project);
    outbox.forget(project);
    database
        .sql("delete from messaging_channel where project = :project")
        .param("project", project.value())
        .update();
  }

  @Override
  public void send(Notice notice) {
    outbox.queue(notice);
  }

  @Override
  public List<Received> inbox(Set<String> groups, int limit) {
    if (limit < 1 || limit > 200) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "limit", "must be 1 to 200");
    }
    return outbox.inbox(groups, limit);
  }
}
