package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.TrainingId;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.schedule.ScheduleId;
import org.junit.jupiter.api.Test;

/** Runs the examples of docs/identifiers.md. */
class IdentifiersPageTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| ([a-z ]+) \\|.*\\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final RoundId ROUND = RoundId.parse("lfs-2026-q3-r0");

  private static final Map<String, UnaryOperator<String>> READERS =
      Map.ofEntries(
          Map.entry("period", text -> new Period(text).value()),
          Map.entry("project", text -> new ProjectId(text).value()),
          Map.entry("round", text -> RoundId.parse(text).value()),
          Map.entry("job in a round", text -> new JobId(text).value()),
          Map.entry("dataset", text -> dataset(text).value()),
          Map.entry("dataset version", text -> DatasetVersionId.parse(text).value()),
          Map.entry(
              "folder of a build",
              text -> dataset("lfs/proc/persons").prefix(ROUND.period(), ROUND.revision(), 3)),
          Map.entry("branch of a round", text -> ROUND.branch()),
          Map.entry("tag of a release", text -> ROUND.releaseTag()),
          Map.entry("bucket", text -> new BucketName(text).value()),
          Map.entry("model", text -> new ModelName(text).value()),
          Map.entry("model version", text -> ModelVersionId.parse(text).value()),
          Map.entry("training", text -> TrainingId.parse(text).value()),
          Map.entry(
              "tag of a model version", text -> ModelVersionId.parse("coicop-coder@2.1.0").tag()),
          Map.entry("rollback of a model", text -> RollbackId.parse(text).value()),
          Map.entry("schedule", text -> ScheduleId.parse(text).value()),
          Map.entry(
              "group", text -> Role.parse(part(text, 1)).group(new ProjectId(part(text, 0)))));

  @Test
  void everyExampleIsRead() throws IOException {
    var examples = column(2);
    assertThat(examples.keySet()).isEqualTo(READERS.keySet());
    examples.forEach(
        (thing, values) -> {
          assertThat(values).as(thing).isNotEmpty();
          values.forEach(value -> assertThat(READERS.get(thing).apply(value)).isEqualTo(value));
        });
  }

  @Test
  void everyCounterexampleIsRefused() throws IOException {
    column(3)
        .forEach(
            (thing, values) ->
                values.forEach(
                    value ->
                        assertThatThrownBy(() -> READERS.get(thing).apply(value))
                            .as("%s %s", thing, value)
                            .isInstanceOf(Invalid.class)));
  }

  private static Map<String, List<String>> column(int column) throws IOException {
    var found = new TreeMap<String, List<String>>();
    for (var line : Files.readAllLines(Path.of("docs", "identifiers.md"))) {
      var row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("thing")) {
        found.put(
            row.group(1),
            CODE.matcher(row.group(column)).results().map(match -> match.group(1)).toList());
      }
    }
    return found;
  }

  private static DatasetId dataset(String text) {
    return new DatasetId(new ProjectId(part(text, 0)), Layer.parse(part(text, 1)), part(text, 2));
  }

  private static String part(String text, int index) {
    return text.split("/", -1)[index];
  }
}
