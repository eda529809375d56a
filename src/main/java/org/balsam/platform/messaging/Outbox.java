package org.balsam.platform.messaging;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.Messenger.Received;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of notices, which is the inbox, and what is to leave by each channel; both written in
 * the caller's transaction. Safe from any thread and node.
 */
public final class Outbox {

  static final String COLUMNS =
      "n.key, n.kind, n.project, n.groups, n.subject, n.body, n.link, n.queued_at";

  private final JdbcClient database;
  private final Channels channels;
  private final Clock clock;

  Outbox(JdbcClient database, Channels channels, Clock clock) {
    this.database = database;
    this.channels = channels;
    this.clock = clock;
  }

  /** Keeps the notice for its readers and for every channel, unless its key is there already. */
  public void queue(Notice notice) {
    database
        .sql(
            """
            with told as (
              insert into notice (key, kind, project, groups, subject, body, link, queued_at)
              values (:key, :kind, :project, :groups, :subject, :body, :link, :now)
              on conflict (key) do nothing
              returning key, queued_at)
            insert into notice_delivery (notice, channel, receiver, next_attempt_at)
            select told.key, channel, '', told.queued_at
              from told, unnest(cast(:channels as text[])) as channel
            """)
        .param("key", notice.key())
        .param("kind", notice.kind().value())
        .param("project", notice.project().value())
        .param("groups", notice.groups().toArray(String[]::new))
        .param("subject", notice.subject())
        .param("body", notice.text())
        .param("link", notice.link())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("channels", channels.names().toArray(String[]::new))
        .update();
  }

  /** Notices to any of these groups, newest first. */
  public List<Received> inbox(Set<String> groups, int limit) {
    var projects = groups.stream().map(group -> group.substring(0, group.indexOf('/'))).distinct();
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from notice n
                where n.groups && cast(:groups as text[])
                   or (n.groups = '{}' and n.project = any (:projects))
                order by n.number desc limit :limit
                """)
        .param("groups", groups.toArray(String[]::new))
        .param("projects", projects.toArray(String[]::new))
        .param("limit", limit)
        .query((row, number) -> new Received(notice(row), sentAt(row)))
        .list();
  }

  /** Removes all notices of a project, those too that were to leave. */
  public void forget(ProjectId project) {
    database
        .sql("delete from notice where project = :project")
        .param("project", project.value())
        .update();
  }

  static Notice notice(ResultSet row) throws SQLException {
    Array groups = row.getArray("groups");
    return new Notice(
        row.getString("key"),
        Kind.parse(row.getString("kind")),
        new ProjectId(row.getString("project")),
        List.of((String[]) groups.getArray()),
        row.getString("subject"),
        row.getString("body"),
        row.getString("link"));
  }

  static Instant sentAt(ResultSet row) throws SQLException {
    return row.getObject("queued_at", OffsetDateTime.class).toInstant();
  }
}
