package org.balsam.platform.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps which adapters this database was used with, and refuses to start with another one as long
 * as something is kept with the former. It runs before the first job and the first request; one
 * node at a time does.
 */
final class AdapterChange implements SmartInitializingSingleton {

  /** What can be kept with an adapter; notices and models on a server are copies. */
  static final List<String> PORTS = List.of("storage", "forge", "compute", "identity");

  private static final int NAMED = 5;

  private final Map<String, String> configured;
  private final List<Holdings> holdings;
  private final AdapterProperties properties;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final AuditTrail audit;

  /**
   * The check.
   *
   * @param configured the type of each port's adapter
   */
  AdapterChange(
      Map<String, String> configured,
      List<Holdings> holdings,
      AdapterProperties properties,
      JdbcClient jdbc,
      TransactionOperations transaction,
      AuditTrail audit) {
    this.configured = configured;
    this.holdings = holdings;
    this.properties = properties;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.audit = audit;
  }

  @Override
  public void afterSingletonsInstantiated() {
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql("lock table balsam.adapter_in_use in exclusive mode").update();
          PORTS.forEach(port -> compare(port, configured.get(port)));
        });
  }

  private void compare(String port, String type) {
    var recorded = recorded(port);
    if (recorded.isEmpty()) {
      record(port, type);
    } else if (!recorded.get().equals(type)) {
      change(port, recorded.get(), type);
    }
  }

  private void change(String port, String from, String to) {
    var kept = holdings.stream().filter(held -> held.ports().contains(port)).toList();
    requireNothing(
        kept.stream().filter(held -> !held.isMovable()).toList(),
        changed(port, from, to) + " Set it back, let these end or cancel them, and change it then");
    if (!properties.moved().contains(port)) {
      requireNothing(
          kept,
          changed(port, from, to)
              + " Set it back; or bring what they have there to the new one as docs/operations.md,"
              + " 'Changing an adapter', says, and start once with --balsam.adapters.moved="
              + port);
    }
    kept.forEach(held -> held.adopt(port));
    record(port, to);
    audit.record(AuditEntry.done("adapter.changed", null, port).with("from", from).with("to", to));
  }

  private static String changed(String port, String from, String to) {
    return "balsam.%s.type is '%s', but '%s' holds %%s.".formatted(port, to, from);
  }

  private static void requireNothing(List<Holdings> kept, String refusal) {
    var names = new ArrayList<String>();
    kept.forEach(held -> names.addAll(held.names(NAMED + 1)));
    if (!names.isEmpty()) {
      throw new IllegalStateException(refusal.formatted(some(names)));
    }
  }

  private static String some(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and more";
  }

  private Optional<String> recorded(String port) {
    return jdbc.sql("select type from balsam.adapter_in_use where port = ?")
        .param(port)
        .query(String.class)
        .optional();
  }

  private void record(String port, String type) {
    jdbc.sql(
            "insert into balsam.adapter_in_use (port, type) values (?, ?) on conflict (port)"
                + " do update set type = excluded.type, since = clock_timestamp()")
        .params(port, type)
        .update();
  }
}
