package org.balsam.standard.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterValuesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final WorkspaceTemplate TEMPLATE = template();

  private static WorkspaceTemplate template() {
    var year =
        new TemplateParameter(
            "first_year",
            "The first year",
            tree("{\"type\":\"number\",\"minimum\":1990,\"maximum\":2100}"),
            null);
    return new WorkspaceTemplate(
        "prices", "1.0.0", "Prices", "", "", List.of(year), null, Sha256.of(""), new TreeMap<>());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  @Test
  void aNumberIsWrittenAsPeopleWriteIt() {
    assertThat(ParameterValues.variables(TEMPLATE, Map.of("first_year", tree("2.0265e3"))))
        .containsEntry("BALSAM_PARAMETER_FIRST_YEAR", "2026.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e99999999", "1e308", "\"2026\"", "true", "null"})
  void whatIsNotAllowedIsRefusedByItsName(String value) {
    for (var given : List.of(Map.of("first_year", tree(value)), typed(value))) {
      assertThatThrownBy(() -> ParameterValues.variables(TEMPLATE, given))
          .isInstanceOfSatisfying(
              Invalid.class,
              refused ->
                  assertThat(refused.problems())
                      .isNotEmpty()
                      .allMatch(problem -> problem.where().equals("first_year")));
    }
  }

  /** As a launch link brings it. */
  private static Map<String, JsonNode> typed(String value) {
    return ParameterValues.typed(TEMPLATE, Map.of("first_year", value));
  }
}
