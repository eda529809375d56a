package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.balsam.testing.GeneratedPart;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private static final Path METADATA =
      Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

  @Test
  void listsEveryKeyWithTypeDefaultAndDescription() throws IOException {
    var table =
        "| key | type | default | meaning |\n|---|---|---|---|\n"
            + keys().stream().map(ConfigurationPageTest::row).collect(Collectors.joining("\n"));
    GeneratedPart.of("configuration.md", "keys").mustBe(table);
  }

  @Test
  void everyKeyIsDescribed() throws IOException {
    assertThat(keys())
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(key.path("description").asText())
                    .as(key.path("name").asText())
                    .isNotBlank());
  }

  private static List<JsonNode> keys() throws IOException {
    var properties = new ObjectMapper().readTree(METADATA.toFile()).path("properties");
    return StreamSupport.stream(properties.spliterator(), false)
        .filter(key -> key.path("name").asText().startsWith("balsam."))
        .sorted(Comparator.comparing(key -> key.path("name").asText()))
        .toList();
  }

  private static String row(JsonNode key) {
    return Stream.of(
            "`" + key.path("name").asText() + "`",
            type(key.path("type").asText()),
            key.has("defaultValue") ? "`" + key.path("defaultValue").asText() + "`" : "",
            text(key.path("description").asText()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String type(String name) {
    if (name.contains("<")) {
      return "`" + name.replaceAll("[\\w.]+[.$]", "").replace(",", ", ") + "`";
    }
    try {
      var values = Class.forName(name).getEnumConstants();
      return values == null
          ? name.replaceFirst("^.*[.$]", "")
          : Stream.of(values)
              .map(value -> "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
              .collect(Collectors.joining(", "));
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static String text(String javadoc) {
    return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|").strip();
  }
}
