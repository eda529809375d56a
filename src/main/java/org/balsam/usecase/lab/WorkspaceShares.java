package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** With whom the users of workspaces share them. */
@Component
class WorkspaceShares {

  private final JdbcClient jdbc;
  private final Clock clock;

  WorkspaceShares(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Share(String exploration, String person) {}

  /** The people of each exploration that is shared, sorted. */
  Map<String, List<String>> of(Collection<ExplorationEntity> rows) {
    return rows.isEmpty()
        ? Map.of()
        : jdbc
            .sql(
                "select exploration, person from balsam.workspace_share where exploration in (:ids)"
                    + " order by person")
            .param("ids", rows.stream().map(row -> row.id).toList())
            .query(Share.class)
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Share::exploration, Collectors.mapping(Share::person, Collectors.toList())));
  }

  /** The people of one, sorted. */
  List<String> of(ExplorationEntity row) {
    return of(List.of(row)).getOrDefault(row.id, List.of());
  }

  /** Whether it was not shared with the person before. */
  boolean add(ExplorationEntity row, String person) {
    return jdbc.sql(
                """
                insert into balsam.workspace_share (exploration, person, shared_at)
                values (:exploration, :person, :at) on conflict do nothing
                """)
            .param("exploration", row.id)
            .param("person", person)
            .param("at", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Whether it was shared with the person until now. */
  boolean remove(ExplorationEntity row, String person) {
    return jdbc.sql(
                "delete from balsam.workspace_share"
                    + " where exploration = :exploration and person = :person")
            .param("exploration", row.id)
            .param("person", person)
            .update()
        == 1;
  }

  /** Ends all of them. Idempotent. */
  void removeAll(ExplorationEntity row) {
    jdbc.sql("delete from balsam.workspace_share where exploration = :exploration")
        .param("exploration", row.id)
        .update();
  }
}
