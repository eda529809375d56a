package org.balsam.usecase.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.template.ProjectFile;

/** The parameters of a training: those that the model declares, with other values where asked. */
final class TrainingParameters {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 1000;

  private TrainingParameters() {}

  /**
   * The declared parameters with these changes.
   *
   * @throws Invalid when a change is not of a declared parameter
   */
  static Map<String, String> merged(ProjectFile.Model model, Map<String, String> changes) {
    var merged = new TreeMap<>(model.parameters());
    changes.forEach(
        (name, value) -> {
          if (!merged.containsKey(name) || value.length() > LONGEST) {
            throw new Invalid(
                ErrorCode.INVALID_INPUT,
                "parameters",
                "model %s declares the parameters %s, each of at most %d characters; others are not"
                        .formatted(model.name(), String.join(", ", merged.keySet()), LONGEST)
                    + " allowed");
          }
          merged.put(name, value);
        });
    return merged;
  }

  /**
   * Reads what people write in a form: {@code epochs=12, learning-rate=0.2}, by commas or lines.
   *
   * @throws Invalid when a part is not {@code name=value}, or there is none
   */
  static Map<String, String> ofForm(String text) {
    var changes = new TreeMap<String, String>();
    for (var part : text.split("[,\\n]")) {
      if (part.isBlank()) {
        continue;
      }
      var equals = part.indexOf('=');
      if (equals < 1) {
        throw malformed();
      }
      changes.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    if (changes.isEmpty()) {
      throw malformed();
    }
    return changes;
  }

  private static Invalid malformed() {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "/variables/changedParameters",
        "write name=value, several by commas, for example epochs=12, learning-rate=0.2");
  }

  static String text(Map<String, String> parameters) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(parameters));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are always JSON", impossible);
    }
  }

  static Map<String, String> parse(String text) {
    try {
      return JSON.readValue(text, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("not parameters: " + text, damaged);
    }
  }
}
