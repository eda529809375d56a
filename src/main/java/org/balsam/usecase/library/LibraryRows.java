package org.balsam.usecase.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.balsam.platform.library.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of libraries: at which commit each is, and when its server is to be asked. */
@Component
class LibraryRows {

  /** What was made due while its server was asked stays due. */
  private static final String DUE = "due_at = case when due_at <= ? then due_at else ? end";

  private final JdbcClient database;
  private final Clock clock;

  LibraryRows(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A library as it is kept. */
  record State(
      String id,
      @Nullable String commit,
      @Nullable Instant pinnedAt,
      @Nullable Instant askedAt,
      @Nullable String failure,
      List<String> leftOut,
      int leftOutCount) {}

  /** Makes sure that there is a library, which is new when it has another origin. */
  void ensure(String id, String origin) {
    database
        .sql("delete from balsam.library where id = ? and origin <> ?")
        .params(id, origin)
        .update();
    database
        .sql(
            "insert into balsam.library (id, origin, due_at) values (?, ?, ?)"
                + " on conflict (id) do nothing")
        .params(id, origin, now())
        .update();
  }

  /** Removes all libraries but these, with what they held. */
  List<String> keepOnly(Collection<String> ids) {
    return database
        .sql("delete from balsam.library where id <> all (cast(? as text[])) returning id")
        .param(ids.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** A library whose server is to be asked, for this caller only while the lease lasts. */
  Optional<String> takeDue(Collection<String> ids, Duration lease) {
    return database
        .sql(
            """
            update balsam.library set due_at = :until where id = (
              select id from balsam.library
              where due_at <= :now and id = any (cast(:ids as text[]))
              order by due_at limit 1 for update skip locked)
            returning id
            """)
        .param("until", now().plus(lease))
        .param("now", now())
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .optional();
  }

  /** Has the server asked soon. */
  void makeDue(String id) {
    database
        .sql("update balsam.library set due_at = least(due_at, ?) where id = ?")
        .params(now(), id)
        .update();
  }

  Map<String, State> states(Collection<String> ids) {
    return database
        .sql("select * from balsam.library where id = any (cast(? as text[]))")
        .param(ids.toArray(String[]::new))
        .query((row, number) -> state(row))
        .list()
        .stream()
        .collect(Collectors.toMap(State::id, Function.identity()));
  }

  Optional<State> state(String id) {
    return Optional.ofNullable(states(List.of(id)).get(id));
  }

  /** The server has nothing newer. */
  void confirm(String id, Duration refresh) {
    database
        .sql("update balsam.library set asked_at = ?, failure = null, " + DUE + " where id = ?")
        .params(now(), now(), now().plus(refresh), id)
        .update();
  }

  /** Pins the library at another commit; false when it has another origin by now. */
  boolean pin(String id, String origin, Snapshot snapshot, Duration refresh) {
    return database
            .sql(
                """
                update balsam.library set commit_id = :commit, pinned_at = :now, asked_at = :now,
                  failure = null, left_out = cast(:out as text[]), left_out_count = :count,
                  due_at = case when due_at <= :now then due_at else :due end
                where id = :id and origin = :origin
                """)
            .param("commit", snapshot.commit())
            .param("now", now())
            .param("out", snapshot.leftOut().toArray(String[]::new))
            .param("count", snapshot.leftOutCount())
            .param("due", now().plus(refresh))
            .param("id", id)
            .param("origin", origin)
            .update()
        == 1;
  }

  /** What the library holds stays; why it could not be refreshed is kept. */
  void fail(String id, String failure, Duration refresh) {
    database
        .sql("update balsam.library set asked_at = ?, failure = ?, " + DUE + " where id = ?")
        .params(now(), failure, now(), now().plus(refresh), id)
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static State state(ResultSet row) throws SQLException {
    return new State(
        row.getString("id"),
        row.getString("commit_id"),
        time(row, "pinned_at"),
        time(row, "asked_at"),
        row.getString("failure"),
        List.of((String[]) row.getArray("left_out").getArray()),
        row.getInt("left_out_count"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
