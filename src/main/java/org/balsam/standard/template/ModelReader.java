package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.balsam.standard.template.ProjectFile.FeatureKind;
import org.balsam.standard.template.ProjectFile.Model;
import org.balsam.standard.template.ProjectFile.Sets;
import org.balsam.standard.template.ProjectFile.Stage;
import org.balsam.standard.template.ProjectFile.Step;
import org.balsam.standard.template.ProjectFile.Task;
import org.jspecify.annotations.Nullable;

/** Reads a model that conforms to schema and rules, with its defaults. */
final class ModelReader {

  private ModelReader() {}

  static Model read(
      String name, JsonNode model, Function<JsonNode, Stage> stage, Function<JsonNode, Step> step) {
    return new Model(
        name,
        model.path("title").asText(),
        model.path("method").asText(),
        Task.valueOf(model.path("task").asText().toUpperCase(Locale.ROOT)),
        model.path("target").asText(),
        text(model, "positive"),
        model.path("row").asText(),
        texts(model, "classes"),
        texts(model, "list-classes"),
        texts(model, "groups"),
        features(model.path("features")),
        model.path("seed").asLong(),
        ProjectFileReader.parameters(model),
        model.path("personal-data").asBoolean(),
        text(model, "dpia"),
        text(model, "image"),
        model.path("reproduce").asBoolean(true),
        model.path("retrain-on-data").asBoolean(),
        model.path("rollback").asText(),
        model.path("card").asText(),
        texts(model, "inputs"),
        ProjectFileReader.list(model.path("stages"), stage),
        sets(model.path("sets")),
        dataset(model, "artefact"),
        step.apply(model.path("predict")),
        thresholds(model.path("thresholds")));
  }

  private static Map<String, FeatureKind> features(JsonNode features) {
    var kinds = new LinkedHashMap<String, FeatureKind>();
    features
        .fields()
        .forEachRemaining(
            entry ->
                kinds.put(
                    entry.getKey(),
                    FeatureKind.valueOf(entry.getValue().asText().toUpperCase(Locale.ROOT))));
    return kinds;
  }

  private static Sets sets(JsonNode sets) {
    return new Sets(
        dataset(sets, "train"),
        dataset(sets, "validation"),
        dataset(sets, "test"),
        dataset(sets, "latest"));
  }

  private static Map<String, BigDecimal> thresholds(JsonNode thresholds) {
    var values = new HashMap<String, BigDecimal>();
    thresholds
        .fields()
        .forEachRemaining(entry -> values.put(entry.getKey(), entry.getValue().decimalValue()));
    return values;
  }

  private static DatasetRef dataset(JsonNode owner, String key) {
    return DatasetRef.parse(owner.path(key).asText());
  }

  private static List<String> texts(JsonNode model, String key) {
    return ProjectFileReader.list(model.path(key), JsonNode::asText);
  }

  private static @Nullable String text(JsonNode model, String key) {
    return model.hasNonNull(key) ? model.path(key).asText() : null;
  }
}
