package org.balsam.audit;

import java.util.List;
import java.util.UUID;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.tree.Hashes;
import org.balsam.audit.tree.StoredTree;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/** The tree's tables. */
final class TreeRows implements Hashes {

  /** The newest checkpoint with what the sequencer has to know. */
  record Head(Checkpoint checkpoint, String note, long epoch, String leader, long horizon) {}

  /** A row that is not sealed yet. */
  record Pending(AuditEvent event, byte[] mac, long xact) {}

  private static final RowMapper<Pending> PENDING =
      (row, number) -> new Pending(EventRows.read(row, 3), row.getBytes(1), row.getLong(2));

  private final JdbcOperations jdbc;

  TreeRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Committed events that no leaf holds; transactions below {@code horizon} are all sealed. */
  List<Pending> pending(long horizon, int limit) {
    return jdbc.query(
        "select e.mac, e.xact, "
            + EventRows.COLUMNS
            + """
             from audit_event e
            where e.xact >= ?
              and not exists (select 1 from audit_leaf l where l.event_id = e.id)
              and not exists (select 1 from audit_event r
                where r.subject = e.id::text and r.action = 'audit.row.foreign')
            order by e.xact, e.writer_seq limit ?
            """,
        PENDING,
        horizon,
        limit);
  }

  @Nullable Head head(String origin) {
    var rows =
        jdbc.query(
            "select size, root, note, epoch, leader, horizon from audit_checkpoint"
                + " order by size desc limit 1",
            (row, number) ->
                new Head(
                    new Checkpoint(origin, row.getLong(1), row.getBytes(2)),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getLong(6)));
    return rows.isEmpty() ? null : rows.get(0);
  }

  @Nullable Checkpoint checkpoint(String origin, long size) {
    var rows =
        jdbc.query(
            "select root from audit_checkpoint where size = ?",
            (row, number) -> new Checkpoint(origin, size, row.getBytes(1)),
            size);
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** The oldest transaction that may still commit. */
  long oldestRunning() {
    return number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
  }

  /** One more than the highest index of a leaf. */
  long leaves() {
    return number("select coalesce(max(index) + 1, 0) from audit_leaf");
  }

  void insertLeaves(long first, List<UUID> events, List<byte[]> hashes) {
    jdbc.execute(
        (java.sql.Connection connection) -> {
          try (var insert =
              connection.prepareStatement(
                  "insert into audit_leaf (index, event_id, hash)"
                      + " select ? + row.number - 1, row.id, row.hash from unnest(?::uuid[],"
                      + " ?::bytea[]) with ordinality as row (id, hash, number)")) {
            insert.setLong(1, first);
            insert.setArray(2, connection.createArrayOf("uuid", events.toArray()));
            insert.setArray(3, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            return insert.executeUpdate();
          }
        });
  }

  void insertNodes(int level, StoredTree.Run run) {
    for (int i = 0; i < run.hashes().size(); i++) {
      jdbc.update(
          "insert into audit_node (level, index, hash) values (?, ?, ?)",
          level,
          run.first() + i,
          run.hashes().get(i));
    }
  }

  void insert(Head head) {
    jdbc.update(
        "insert into audit_checkpoint (size, root, note, epoch, leader, horizon)"
            + " values (?, ?, ?, ?, ?, ?)",
        head.checkpoint().size(),
        head.checkpoint().root(),
        head.note(),
        head.epoch(),
        head.leader(),
        head.horizon());
  }

  @Override
  public List<byte[]> read(int level, long from, int count) {
    if (count == 0) {
      return List.of();
    }
    var table = level == 0 ? "audit_leaf where" : "audit_node where level = " + level + " and";
    var hashes =
        jdbc.query(
            "select hash from " + table + " index >= ? and index < ? order by index",
            (row, number) -> row.getBytes(1),
            from,
            from + count);
    if (hashes.size() != count) {
      throw new IllegalStateException(
          "the audit tree lacks hashes at level " + level + " from " + from);
    }
    return hashes;
  }

  private long number(String query) {
    return java.util.Objects.requireNonNull(jdbc.queryForObject(query, Long.class));
  }
}
