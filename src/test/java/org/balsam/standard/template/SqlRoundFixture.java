package org.balsam.standard.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.balsam.kernel.Period;
import org.balsam.standard.template.ProjectFile.Step;

/**
 * Runs the steps of the template's balsam.yaml as a round does: one working folder per step, inputs
 * in in/, outputs in out/, the round's values as DuckDB variables, no access outside.
 */
final class SqlRoundFixture {

  static final Path TEMPLATE = Path.of("templates/statistical-production");

  private final ProjectFile file;
  private final Path folder;
  private final Map<DatasetRef, Path> datasets = new HashMap<>();

  SqlRoundFixture(ProjectFile file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /** Runs all steps; deliveries carry their month before the name. */
  void run(Period period, int revision, SortedMap<Period, byte[]> deliveries, Path previous)
      throws SQLException {
    for (var step : file.steps().toList()) {
      var work = folder.resolve(period + "-r" + revision).resolve(step.name());
      write(
          work.resolve("code/steps/no-previous-release.csv"),
          read("steps/no-previous-release.csv"));
      create(work.resolve("out"));
      for (var input : step.inputs()) {
        var into = work.resolve("in").resolve(input.folder());
        if ("ces".equals(input.input())) {
          deliveries.forEach((month, csv) -> write(into.resolve(month + "-ces.csv"), csv));
        } else if ("previous".equals(input.input())) {
          if (previous != null) {
            copy(previous, into);
          }
        } else {
          copy(datasets.get(input.dataset()), into);
        }
      }
      execute(step, work, period, revision);
      step.datasets().forEach(dataset -> datasets.put(dataset, work.resolve("out")));
    }
  }

  Path output(String dataset, String name) {
    return datasets.get(DatasetRef.parse(dataset)).resolve(name);
  }

  private void execute(Step step, Path work, Period period, int revision) throws SQLException {
    var root = work.toAbsolutePath().toString();
    var sql =
        new String(read(step.command().file()))
            .replace("'in/", "'" + root + "/in/")
            .replace("'out/", "'" + root + "/out/")
            .replace("'code/", "'" + root + "/code/");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET allowed_directories = ['" + root + "']");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
      statement.execute("SET VARIABLE balsam_period = '" + period + "'");
      statement.execute("SET VARIABLE balsam_revision = '" + revision + "'");
      statement.execute("SET VARIABLE balsam_period_start = '" + period.start() + "'");
      statement.execute("SET VARIABLE balsam_period_end = '" + period.end() + "'");
      statement.execute(sql);
    }
  }

  private static byte[] read(String path) {
    try {
      return Files.readAllBytes(TEMPLATE.resolve(path));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void write(Path path, byte[] bytes) {
    create(path.getParent());
    try {
      Files.write(path, bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void copy(Path from, Path into) {
    create(into);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
