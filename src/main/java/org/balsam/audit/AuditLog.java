package org.balsam.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.balsam.audit.format.Base64Text;
import org.balsam.audit.tree.StoredTree;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Reads the trail. It does not check who may read what: the caller does. Safe from any thread. */
public final class AuditLog {

  /**
   * Proves that an event is in a tree, as RFC 6962 prescribes.
   *
   * @param leaf the canonical JSON that was hashed
   * @param path base64, leaf to root
   * @param checkpoint the signed checkpoint of that tree
   */
  public record Inclusion(String leaf, long index, List<String> path, String checkpoint) {}

  /**
   * Proves that a tree begins with an earlier one.
   *
   * @param path base64
   */
  public record Consistency(long from, long to, List<String> path) {}

  private static final String ALL_OF = ".*";
  static final String SELECT =
      "select l.index, p.reason, "
          + EventRows.COLUMNS
          + " from audit_event e left join audit_leaf l on l.event_id = e.id"
          + " left join audit_payload p on p.event_id = e.id where true";
  static final RowMapper<RecordedEvent> ROW =
      (row, number) ->
          new RecordedEvent(EventRows.read(row, 3), row.getObject(1, Long.class), row.getString(2));

  private final JdbcTemplate jdbc;
  private final TreeRows rows;
  private final StoredTree tree;
  private final String publicKey;
  private final String origin;

  AuditLog(JdbcTemplate jdbc, String publicKey, String origin) {
    this.jdbc = jdbc;
    this.rows = new TreeRows(jdbc);
    this.tree = new StoredTree(rows);
    this.publicKey = publicKey;
    this.origin = origin;
  }

  /** The key that verifies checkpoints: {@code name+hash+base64}. */
  public String publicKey() {
    return publicKey;
  }

  /**
   * Finds events, newest first.
   *
   * @param cursor from the previous page; null for the first
   * @param limit 1 to 200
   */
  public Page<RecordedEvent> find(AuditQuery query, @Nullable String cursor, int limit) {
    Page.limit(limit);
    var sql = new StringBuilder(SELECT);
    var values = new ArrayList<Object>();
    where(sql, values, query);
    if (cursor != null) {
      sql.append(" and e.id < ?");
      values.add(uuid("cursor", cursor));
    }
    sql.append(" order by e.id desc limit ").append(limit + 1);
    return Page.of(
        jdbc.query(sql.toString(), ROW, values.toArray()),
        limit,
        found -> found.event().id().toString());
  }

  /** The event with this id. */
  public RecordedEvent event(String id) {
    var found = jdbc.query(SELECT + " and e.id = ?", ROW, uuid("event", id));
    if (found.isEmpty()) {
      throw new NotFound("there is no audit event " + id);
    }
    return found.get(0);
  }

  /** The newest signed checkpoint; null before the first. */
  public @Nullable String checkpoint() {
    var head = rows.head(origin);
    return head == null ? null : head.note();
  }

  /** The signed checkpoint of the tree of {@code size} leaves, where one was signed. */
  public String checkpoint(long size) {
    var notes =
        jdbc.queryForList("select note from audit_checkpoint where size = ?", String.class, size);
    if (notes.isEmpty()) {
      throw new NotFound("there is no audit checkpoint of size " + size);
    }
    return notes.get(0);
  }

  /** Proves the event against the newest checkpoint. */
  public Inclusion inclusion(String id) {
    var recorded = event(id);
    var head = rows.head(origin);
    var index = recorded.index();
    if (head == null || index == null || index >= head.checkpoint().size()) {
      throw new NotFound("the audit event " + id + " is not sealed yet; ask again in a second");
    }
    var path = tree.inclusion(index, head.checkpoint().size());
    return new Inclusion(recorded.event().leaf(), index, base64(path), head.note());
  }

  /** Proves that the tree of size {@code to} begins with that of size {@code from}. */
  public Consistency consistency(long from, long to) {
    var head = rows.head(origin);
    if (from < 0 || from > to || head == null || to > head.checkpoint().size()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "from",
          "0 ≤ from ≤ to ≤ " + (head == null ? 0 : head.checkpoint().size()) + " is required");
    }
    return new Consistency(from, to, base64(tree.consistency(from, to)));
  }

  /** Whether every one of these events is covered by a signed checkpoint. */
  public boolean isSealed(Set<String> eventIds) {
    var ids = eventIds.stream().map(id -> uuid("event", id)).toArray();
    var sealed =
        jdbc.queryForObject(
            "select count(*) from audit_leaf where event_id = any(?::uuid[])",
            Long.class,
            "{"
                + List.of(ids).stream().map(Object::toString).collect(Collectors.joining(","))
                + "}");
    return sealed != null && sealed == eventIds.size();
  }

  static void where(StringBuilder sql, List<Object> values, AuditQuery query) {
    if (query.projects() != null) {
      sql.append(" and e.project = any(?)");
      values.add(query.projects().toArray(String[]::new));
    }
    add(sql, values, " and e.subject = ?", query.subject());
    add(sql, values, " and e.actor = ?", query.actor());
    action(sql, values, query.action());
    add(sql, values, " and e.occurred_at >= ?::timestamptz", text(query.from()));
    add(sql, values, " and e.occurred_at < ?::timestamptz", text(query.to()));
  }

  private static void action(StringBuilder sql, List<Object> values, @Nullable String action) {
    if (action != null && action.endsWith(ALL_OF)) {
      var family = action.substring(0, action.length() - 1);
      add(sql, values, " and starts_with(e.action, ?)", family);
    } else {
      add(sql, values, " and e.action = ?", action);
    }
  }

  private static void add(
      StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static List<String> base64(List<byte[]> hashes) {
    return hashes.stream().map(Base64Text::write).toList();
  }

  private static UUID uuid(String where, String value) {
    if (!value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new Invalid(ErrorCode.INVALID_INPUT, where, "not the id of an audit event");
    }
    return UUID.fromString(value);
  }
}
