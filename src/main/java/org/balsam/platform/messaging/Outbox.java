package org.balsam.platform.messaging;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.Messenger.Received;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The table of notices: queued in the caller's transaction, delivered by whichever node comes
 * first, kept as the inbox. A notice that cannot be delivered is tried again after 5 s, 10 s, 20 s
 * … at most an hour; after ten attempts it is dead and stays visible. Safe from any thread and
 * node.
 */
public final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final String COLUMNS =
      "key, project, groups, subject, body, link, attempts, delivered_at, last_error";

  private final JdbcClient database;
  private final TransactionOperations transactions;
  private final Clock clock;

  Outbox(JdbcClient database, TransactionOperations transactions, Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A notice that was given up. */
  public record DeadLetter(Notice notice, int attempts, String lastError) {}

  private record Due(Notice notice, int attempts) {}

  /** Queues the notice, unless one with its key is there already. */
  public void queue(Notice notice) {
    database
        .sql(
            """
            insert into notice
              (key, project, groups, subject, body, link, queued_at, next_attempt_at)
            values (:key, :project, :groups, :subject, :body, :link, :now, :now)
            on conflict (key) do nothing
            """)
        .param("key", notice.key())
        .param("project", notice.project().value())
        .param("groups", notice.groups().toArray(String[]::new))
        .param("subject", notice.subject())
        .param("body", notice.text())
        .param("link", notice.link())
        .param("now", now())
        .update();
  }

  /** Delivered notices to any of these groups, newest first. */
  public List<Received> inbox(Set<String> groups, int limit) {
    var projects = groups.stream().map(group -> group.substring(0, group.indexOf('/'))).distinct();
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from notice
                where state = 'delivered'
                  and (groups && cast(:groups as text[])
                       or (groups = '{}' and project = any (:projects)))
                order by delivered_at desc, number desc limit :limit
                """)
        .param("groups", groups.toArray(String[]::new))
        .param("projects", projects.toArray(String[]::new))
        .param("limit", limit)
        .query((row, number) -> new Received(notice(row), instant(row, "delivered_at")))
        .list();
  }

  /** Removes all notices of a project. */
  public void forget(ProjectId project) {
    database
        .sql("delete from notice where project = :project")
        .param("project", project.value())
        .update();
  }

  /**
   * The notices that were given up, oldest first.
   *
   * @param limit 1 to 200
   */
  public List<DeadLetter> deadLetters(int limit) {
    return database
        .sql("select " + COLUMNS + " from notice where state = 'dead' order by number limit :limit")
        .param("limit", limit)
        .query(
            (row, number) ->
                new DeadLetter(notice(row), row.getInt("attempts"), row.getString("last_error")))
        .list();
  }

  /**
   * Tries every notice that is due once, each in a transaction of its own.
   *
   * @return the dead letters that this made
   */
  List<DeadLetter> deliverDue(Delivery delivery) {
    var until = now();
    return Stream.generate(() -> deliverNext(delivery, until))
        .takeWhile(Optional::isPresent)
        .flatMap(attempt -> attempt.get().dead().stream())
        .toList();
  }

  private record Attempt(Optional<DeadLetter> dead) {}

  private Optional<Attempt> deliverNext(Delivery delivery, OffsetDateTime until) {
    var attempt = transactions.execute(status -> attemptNext(delivery, until));
    return Optional.ofNullable(attempt);
  }

  private @Nullable Attempt attemptNext(Delivery delivery, OffsetDateTime until) {
    var due =
        database
            .sql(
                "select "
                    + COLUMNS
                    + """
                     from notice where state = 'queued' and next_attempt_at <= :until
                    order by next_attempt_at, number limit 1 for update skip locked
                    """)
            .param("until", until)
            .query((row, number) -> new Due(notice(row), row.getInt("attempts")))
            .optional();
    return due.map(found -> new Attempt(attempt(delivery, found))).orElse(null);
  }

  private Optional<DeadLetter> attempt(Delivery delivery, Due due) {
    try {
      delivery.deliver(due.notice());
    } catch (RuntimeException e) {
      return failed(due.notice(), due.attempts() + 1, e);
    }
    database
        .sql(
            """
            update notice set state = 'delivered', attempts = :attempts, delivered_at = :now
            where key = :key
            """)
        .param("attempts", due.attempts() + 1)
        .param("now", now())
        .param("key", due.notice().key())
        .update();
    return Optional.empty();
  }

  private Optional<DeadLetter> failed(Notice notice, int attempts, RuntimeException cause) {
    var error = (cause.getClass().getSimpleName() + ": " + cause.getMessage()).replace('\0', '?');
    var dead = attempts >= ATTEMPTS;
    database
        .sql(
            """
            update notice set state = :state, attempts = :attempts, last_error = :error,
              next_attempt_at = :next
            where key = :key
            """)
        .param("state", dead ? "dead" : "queued")
        .param("attempts", attempts)
        .param("error", error.substring(0, Math.min(error.length(), 1000)))
        .param("next", now().plus(pauseAfter(attempts)))
        .param("key", notice.key())
        .update();
    if (dead) {
      LOG.error("Notice {} was given up after {} attempts", notice.key(), attempts, cause);
      return Optional.of(new DeadLetter(notice, attempts, error));
    }
    LOG.warn("Notice {} could not be delivered, attempt {}: {}", notice.key(), attempts, error);
    return Optional.empty();
  }

  private static Duration pauseAfter(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << (attempts - 1));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Notice notice(ResultSet row) throws SQLException {
    Array groups = row.getArray("groups");
    return new Notice(
        row.getString("key"),
        new ProjectId(row.getString("project")),
        List.of((String[]) groups.getArray()),
        row.getString("subject"),
        row.getString("body"),
        row.getString("link"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
