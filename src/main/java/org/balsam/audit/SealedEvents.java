package org.balsam.audit;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The trail in the order of the tree, for those who follow it. It does not check who may read what:
 * the caller does. Safe from any thread.
 */
public final class SealedEvents {

  private final JdbcTemplate jdbc;
  private final TreeRows rows;

  SealedEvents(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.rows = new TreeRows(jdbc);
  }

  /** How many events are sealed: one more than the highest index. */
  public long size() {
    return rows.leaves();
  }

  /**
   * The first of those that the query asks for.
   *
   * @param from index, inclusive
   * @param to index, exclusive
   * @param limit 1 to 200
   */
  public List<RecordedEvent> read(AuditQuery query, long from, long to, int limit) {
    var sql = new StringBuilder(AuditLog.SELECT).append(" and l.index >= ? and l.index < ?");
    var values = new ArrayList<Object>(List.of(from, to));
    AuditLog.where(sql, values, query);
    sql.append(" order by l.index limit ").append(limit);
    return jdbc.query(sql.toString(), AuditLog.ROW, values.toArray());
  }
}
