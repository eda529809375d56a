package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A laboratory made from the template computes its example on the real data. */
class ExplorationTemplateTest {

  private static final Path DATA = Path.of("templates/exploration/data/us-employment.csv");

  @TempDir Path folder;
  private final ProjectTemplates templates =
      new ProjectTemplates(
          new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());

  @Test
  void aNewLaboratoryHasEverythingButWhatOnlyPeopleCanWrite() {
    var files = templates.render("exploration", Map.of("project", "lab-employment"));

    var file = new ProjectFileParser().parse(files.get("balsam.yaml"), "balsam.yaml");
    assertThat(file.product().title()).isEqualTo("Employment laboratory");
    assertThat(new String(files.get("README.md"))).contains("Project `lab-employment`");
    assertThat(files)
        .containsKeys("transfer.yaml", "tests/outliers.sql")
        .doesNotContainKeys("RUNBOOK.md", "DATASHEET.md");
    assertThat(files).allSatisfy((path, content) -> assertThat(content).isNotEmpty());
  }

  @Test
  void theExampleFindsTheSameMonthsAsAnIndependentComputation() throws Exception {
    var files = templates.render("exploration", Map.of("project", "lab-employment"));
    Files.createDirectories(folder.resolve("out"));
    Files.createDirectories(folder.resolve("in/ces"));
    for (var delivery : templates.demoDeliveries("exploration").get("raw/ces").entrySet()) {
      Files.write(folder.resolve("in/ces/" + delivery.getKey() + "-ces.csv"), delivery.getValue());
    }
    run(new String(files.get("steps/outliers.sql")));
    run(new String(files.get("tests/outliers.sql")));

    var found =
        Files.readAllLines(folder.resolve("out/outliers.csv")).stream()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
            .sorted()
            .toList();
    assertThat(found).isNotEmpty().isEqualTo(expected());
  }

  private void run(String script) throws Exception {
    var sql =
        script.replace("'in/", "'" + folder + "/in/").replace("'out/", "'" + folder + "/out/");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("SET VARIABLE balsam_param_k = '5'");
      statement.execute(sql);
    }
  }

  private static List<String> expected() throws Exception {
    var lines = Files.readAllLines(DATA).stream().map(line -> line.split(",")).toList();
    var header = lines.get(0);
    var outliers = new ArrayList<String>();
    for (var column = 1; column < header.length - 1; column++) {
      var changes = new TreeMap<String, Double>();
      for (var row = 2; row < lines.size(); row++) {
        changes.put(
            lines.get(row)[0],
            Double.parseDouble(lines.get(row)[column])
                - Double.parseDouble(lines.get(row - 1)[column]));
      }
      var median = median(changes.values().stream().mapToDouble(x -> x).toArray());
      var spread =
          1.4826
              * median(changes.values().stream().mapToDouble(x -> Math.abs(x - median)).toArray());
      for (var change : changes.entrySet()) {
        if (spread > 0 && Math.abs(change.getValue() - median) / spread > 5) {
          outliers.add(change.getKey() + "," + header[column]);
        }
      }
    }
    return outliers.stream().sorted().toList();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    var middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
