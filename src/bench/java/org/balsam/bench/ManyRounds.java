package org.balsam.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies of a round by SQL, as many as wanted, spread over projects and periods: its own rows and
 * those of the engine, except its history of jobs and of single values, which no page reads. The
 * audit trail is sealed and stays as it is; so do the objects, which all copies share.
 */
final class ManyRounds {

  private static final String UUID = "([0-9a-f]{8}(-[0-9a-f]{4}){3})-[0-9a-f]{12}";
  private static final Set<String> SHARED =
      Set.of(
          "proc_def_id_",
          "job_def_id_",
          "bucket",
          "object_key",
          "version_id",
          "manifest",
          "input_set",
          "output_set",
          "release_set",
          "bundle",
          "review_event",
          "release_event");
  private static final Map<String, String> OWN =
      Map.of("period", "copy.period", "period_start", "copy.start", "revision", "copy.revision");

  private final Connection database;
  private final List<String> projects;

  /**
   * Copies in this database.
   *
   * @param database a superuser's connection
   * @param projects where they go in turn
   */
  ManyRounds(Connection database, List<String> projects) {
    this.database = database;
    this.projects = projects;
  }

  /**
   * Makes the copies numbered {@code first} to {@code last}; the lower the number, the newer.
   *
   * @param round the id of the round to copy
   */
  void copy(String round, int first, int last) throws SQLException {
    var project = round.substring(0, round.indexOf("-20"));
    number(first, last);
    var copied = 0;
    for (var table : rows(round, instance(round)).entrySet()) {
      copied += copy(table.getKey(), table.getValue(), project, round);
    }
    System.out.printf("  %,d rows in %,d copies of %s%n", copied, last - first + 1, round);
  }

  /** Lets the database know what it has now. */
  void analyze() throws SQLException {
    run("analyze");
  }

  private void number(int first, int last) throws SQLException {
    run("drop table if exists pg_temp.copy");
    run(
        """
        create temp table copy as
          select n, projects[1 + n %% cardinality(projects)] as project,
              to_char(start, 'YYYY"-q"Q') as period, start, 20 + n %% 20 as revision,
              lpad(n::text, 12, '0') as suffix
            from generate_series(%d, %d) as n,
              lateral (select (date '2025-10-01' - n / 20 * interval '3 months')::date as start) s,
              lateral (select array['%s'] as projects) p
        """
            .formatted(first, last, String.join("','", projects)));
  }

  private String instance(String round) throws SQLException {
    try (var statement = database.createStatement();
        var found =
            statement.executeQuery(
                "select id_ from engine.act_hi_procinst where business_key_ = '%s'"
                        .formatted(round)
                    + " and root_proc_inst_id_ = id_")) {
      found.next();
      return found.getString(1);
    }
  }

  /** Which rows belong to a round, by table, those that others refer to first. */
  private static Map<String, String> rows(String round, String instance) {
    var run = "run in (select id from balsam.round_run where round = '%s')".formatted(round);
    var root = "root_proc_inst_id_ = '%s'".formatted(instance);
    var process = "proc_inst_id_ = '%s'".formatted(instance);
    var task = "in (select id_ from engine.act_ru_task where %s)".formatted(process);
    var rows = new LinkedHashMap<String, String>();
    rows.put("balsam.round", "id = '%s'".formatted(round));
    rows.put("balsam.round_run", "round = '%s'".formatted(round));
    List.of("step", "step_output", "round_check").forEach(name -> rows.put("balsam." + name, run));
    rows.put("balsam.round_decision", "round = '%s'".formatted(round));
    rows.put("balsam.round_announcement", "round = '%s'".formatted(round));
    rows.put("balsam.task_completion", "root_process_instance = '%s'".formatted(instance));
    rows.put(
        "balsam.dataset_version",
        "project || '-' || period || '-r' || revision = '%s'".formatted(round));
    rows.put("engine.act_ge_bytearray", root);
    List.of("procinst", "actinst", "taskinst", "varinst", "identitylink", "op_log")
        .forEach(name -> rows.put("engine.act_hi_" + name, root));
    rows.put("engine.act_ru_execution", process);
    rows.put("engine.act_ru_task", process);
    rows.put("engine.act_ru_identitylink", "task_id_ " + task);
    rows.put("engine.act_ru_variable", process);
    rows.put("engine.act_ru_event_subscr", process);
    rows.put("engine.act_ru_authorization", "resource_id_ " + task);
    return rows;
  }

  private int copy(String table, String rows, String project, String round) throws SQLException {
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    var columns =
        """
        select column_name, data_type from information_schema.columns
          where table_schema || '.' || table_name = ? and is_identity = 'NO'
            and is_generated = 'NEVER'
        """;
    try (var statement = database.prepareStatement(columns)) {
      statement.setString(1, table);
      var found = statement.executeQuery();
      while (found.next()) {
        names.add(found.getString(1));
        values.add(value(found.getString(1), found.getString(2), project, round));
      }
    }
    return run(
        "insert into %s (%s) select %s from %s source, copy where %s"
            .formatted(
                table, String.join(",", names), String.join(",", values), table, sourced(rows)));
  }

  /** Names of columns that a copy has, too. */
  private static String sourced(String rows) {
    return rows.replaceAll("\\b(project|period|revision)\\b", "source.$1");
  }

  private static String value(String column, String type, String project, String round) {
    if (OWN.containsKey(column)) {
      return OWN.get(column);
    }
    var source = "source." + column;
    if (type.startsWith("timestamp")) {
      return source + " - copy.n * interval '1 hour'";
    }
    if (SHARED.contains(column) || !type.startsWith("character") && !type.equals("text")) {
      return source;
    }
    return """
        regexp_replace(
          replace(replace(%s, '%s', copy.period || '-r' || copy.revision), '%s', copy.project),
          '%s', '\\1-' || copy.suffix, 'g')
        """
        .formatted(source, round.substring(project.length() + 1), project, UUID);
  }

  private int run(String sql) throws SQLException {
    try (var statement = database.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
