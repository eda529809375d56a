package org.balsam.platform.messaging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which letter is delivered, is to be tried again, or was given up. A node takes one for five
 * minutes and commits before it sends, so that no transaction waits for a receiver; when the node
 * is killed, another takes the letter after that time. Safe from any thread and node.
 */
public final class NoticeDeliveries {

  private static final Duration TAKEN = Duration.ofMinutes(5);

  private final JdbcClient database;
  private final Clock clock;

  NoticeDeliveries(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A letter that was given up.
   *
   * @param receiver the person's id, {@code #} and a word for a place that many read, or empty when
   *     it could not be found out who is told
   * @param error why the last attempt failed
   */
  public record DeadLetter(
      long id,
      String channel,
      String receiver,
      String notice,
      String project,
      String subject,
      int attempts,
      Instant at,
      String error) {}

  /** A letter that this node delivers now; without a receiver it is still to be split. */
  record Taken(long id, Letter letter) {
    boolean whole() {
      return letter.receiver().isEmpty();
    }
  }

  /** Takes the letter of a channel that waits longest; empty when none is due. */
  Optional<Taken> take(String channel) {
    return database
        .sql(
            """
            update notice_delivery d set attempts = d.attempts + 1, next_attempt_at = :until
              from notice n
             where n.key = d.notice and d.id =
               (select id from notice_delivery
                 where channel = :channel and state = 'queued' and next_attempt_at <= :now
                 order by next_attempt_at, id limit 1 for update skip locked)
            returning d.id, d.receiver, d.attempts,\s"""
                + Outbox.COLUMNS)
        .param("channel", channel)
        .param("now", now())
        .param("until", now().plus(TAKEN))
        .query((row, number) -> taken(row))
        .optional();
  }

  /** Splits a notice among its receivers; {@code letter} itself is done with. */
  void split(Taken whole, String channel, List<String> receivers) {
    database
        .sql(
            """
            with done as (
              update notice_delivery set state = 'delivered', ended_at = :now, last_error = null
               where id = :id and state = 'queued')
            insert into notice_delivery (notice, channel, receiver, next_attempt_at)
            select :notice, :channel, receiver, :now
              from unnest(cast(:receivers as text[])) as receiver
            on conflict (notice, channel, receiver) do nothing
            """)
        .param("id", whole.id())
        .param("notice", whole.letter().notice().key())
        .param("channel", channel)
        .param("receivers", receivers.toArray(String[]::new))
        .param("now", now())
        .update();
  }

  /** It arrived, or nobody is to be told any more. */
  void end(Taken taken) {
    database
        .sql(
            """
            update notice_delivery set state = 'delivered', ended_at = :now, last_error = null
             where id = :id
            """)
        .param("id", taken.id())
        .param("now", now())
        .update();
  }

  /** It did not arrive; whoever took it later than {@code taken} decides otherwise. */
  void postpone(Taken taken, String error, Duration pause) {
    fail(taken, error, "queued", now().plus(pause));
  }

  /** It did not arrive and is given up. */
  void giveUp(Taken taken, String error) {
    fail(taken, error, "dead", now());
  }

  private void fail(Taken taken, String error, String state, OffsetDateTime next) {
    database
        .sql(
            """
            update notice_delivery set state = :state, last_error = :error, next_attempt_at = :next,
              ended_at = case when :state = 'dead' then cast(:now as timestamptz) end
             where id = :id and state = 'queued' and attempts = :attempts
            """)
        .param("state", state)
        .param("error", error)
        .param("next", next)
        .param("now", now())
        .param("id", taken.id())
        .param("attempts", taken.letter().attempt())
        .update();
  }

  /**
   * The letters that were given up, latest first.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, null for the first
   */
  public Page<DeadLetter> deadLetters(int limit, @Nullable String cursor) {
    var rows =
        database
            .sql(
                """
                select d.id, d.channel, d.receiver, d.attempts, d.ended_at, d.last_error,
                       n.key, n.project, n.subject
                  from notice_delivery d join notice n on n.key = d.notice
                 where d.state = 'dead' and d.id < :before order by d.id desc limit :limit
                """)
            .param("before", cursor == null ? Long.MAX_VALUE : number(cursor))
            .param("limit", Page.limit(limit) + 1)
            .query((row, number) -> dead(row))
            .list();
    return Page.of(rows, limit, letter -> Long.toString(letter.id()));
  }

  /**
   * Queues a letter anew that was given up, with all its attempts; one that is queued stays so.
   *
   * @return what it was
   * @throws NotFound when there is none of this number that was given up
   */
  public DeadLetter retry(long id) {
    return database
        .sql(
            """
            update notice_delivery d set state = 'queued', attempts = 0, next_attempt_at = :now,
                   ended_at = null
              from notice n, notice_delivery was
             where d.id = :id and d.state = 'dead' and n.key = d.notice and was.id = d.id
            returning d.id, d.channel, d.receiver, was.attempts, was.ended_at, d.last_error,
                      n.key, n.project, n.subject
            """)
        .param("id", id)
        .param("now", now())
        .query((row, number) -> dead(row))
        .optional()
        .orElseThrow(() -> new NotFound("there is no dead letter " + id));
  }

  private static long number(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException malformed) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "cursor", "is not one that was given out");
    }
  }

  private static Taken taken(ResultSet row) throws SQLException {
    return new Taken(
        row.getLong("id"),
        new Letter(
            Outbox.notice(row),
            row.getString("receiver"),
            Outbox.sentAt(row),
            row.getInt("attempts")));
  }

  private static DeadLetter dead(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        row.getString("channel"),
        row.getString("receiver"),
        row.getString("key"),
        row.getString("project"),
        row.getString("subject"),
        row.getInt("attempts"),
        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
        row.getString("last_error"));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
