package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;

/** Registered models, their versions and aliases on the server; each call is safe to repeat. */
final class MlflowModels {

  /** The tag with the checksum of the artefact. */
  static final String ARTEFACT = "balsam.artefact.sha256";

  private static final String OWNER = "balsam.installation";
  private static final String PROJECT = "balsam.project";
  private static final String VERSION = "balsam.version";

  private final MlflowApi api;
  private final MlflowNames names;

  MlflowModels(MlflowApi api, MlflowNames names) {
    this.api = api;
    this.names = names;
  }

  /** What the server has of a model; empty when it has none of that name. */
  Optional<JsonNode> find(ProjectId project, ModelName model) {
    return api.find("registered-models/get", Map.of("name", names.model(project, model)))
        .map(answer -> answer.path("registered_model"));
  }

  /**
   * The model as the server has it, which is made unless it is there.
   *
   * @return a model, or the refusal when one of that name was made by somebody else
   */
  Ensured ensure(ProjectId project, ModelName model) {
    var found = find(project, model);
    if (found.isEmpty()) {
      return new Ensured(create(project, model), true, null);
    }
    if (names.owner().equals(tag(found.get(), OWNER))
        && project.value().equals(tag(found.get(), PROJECT))) {
      return new Ensured(found.get(), false, null);
    }
    return new Ensured(
        found.get(),
        false,
        new Rejection(
            ErrorCode.ALREADY_EXISTS,
            "MLflow has a model "
                + names.model(project, model)
                + " that is not Balsam's; rename it there, then try again"));
  }

  /**
   * A registered model.
   *
   * @param made whether it was not there before
   * @param refusal why it cannot be used; null when it can
   */
  record Ensured(JsonNode model, boolean made, @Nullable Rejection refusal) {}

  private JsonNode create(ProjectId project, ModelName model) {
    return api.post(
            "registered-models/create",
            Map.of(
                "name",
                names.model(project, model),
                "tags",
                tags(Map.of(OWNER, names.owner(), PROJECT, project.value()))))
        .path("registered_model");
  }

  /** A version as the server has it, which is made unless it is there. */
  JsonNode ensureVersion(RegisteredModel model, String run) {
    return find(model).orElseGet(() -> create(model, run));
  }

  /** A version by its number. */
  Optional<JsonNode> version(ProjectId project, ModelName model, String number) {
    return api.find(
            "model-versions/get", Map.of("name", names.model(project, model), "version", number))
        .map(answer -> answer.path("model_version"));
  }

  private Optional<JsonNode> find(RegisteredModel model) {
    var filter =
        "name = '%s' and tags.`%s` = '%s'"
            .formatted(
                names.model(model.project(), model.id().model()), VERSION, model.id().label());
    var found =
        api.get("model-versions/search", Map.of("filter", filter, "max_results", "2"))
            .path("model_versions");
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private JsonNode create(RegisteredModel model, String run) {
    var file = model.files().get(0);
    var folder = file.key().substring(0, file.key().lastIndexOf('/') + 1);
    return api.post(
            "model-versions/create",
            Map.of(
                "name",
                names.model(model.project(), model.id().model()),
                "source",
                "s3://" + file.bucket() + "/" + folder,
                "run_id",
                run,
                "tags",
                tags(
                    Map.of(
                        VERSION,
                        model.id().label(),
                        ARTEFACT,
                        model.artefact().value(),
                        "balsam.training",
                        model.training().value()))))
        .path("model_version");
  }

  /** Shows alias, artefact and evidence of a version. */
  void describe(RegisteredModel model, JsonNode version) {
    tag(model, version, "balsam.alias", model.alias().value());
    tag(model, version, ARTEFACT, model.artefact().value());
    if (model.evidence() != null) {
      tag(model, version, "balsam.evidence.sha256", model.evidence().value());
    }
  }

  private void tag(RegisteredModel model, JsonNode version, String key, String value) {
    if (tag(version, key).equals(value)) {
      return;
    }
    api.post(
        "model-versions/set-tag",
        Map.of(
            "name",
            names.model(model.project(), model.id().model()),
            "version",
            version.path("version").asText(),
            "key",
            key,
            "value",
            value));
  }

  /** Moves an alias; {@code null} takes it away. */
  void alias(ProjectId project, ModelName model, String alias, @Nullable String number) {
    var name = names.model(project, model);
    if (number == null) {
      api.delete("registered-models/alias", Map.of("name", name, "alias", alias));
    } else {
      api.post("registered-models/alias", Map.of("name", name, "alias", alias, "version", number));
    }
  }

  /** The number that has an alias; null when none has. */
  static @Nullable String holder(JsonNode model, String alias) {
    for (var one : model.path("aliases")) {
      if (one.path("alias").asText().equals(alias)) {
        return one.path("version").asText();
      }
    }
    return null;
  }

  /** The value of a tag, empty without it. */
  static String tag(JsonNode tagged, String key) {
    for (var tag : tagged.path("tags")) {
      if (tag.path("key").asText().equals(key)) {
        return tag.path("value").asText();
      }
    }
    return "";
  }

  static List<Map<String, String>> tags(Map<String, String> tags) {
    var list = new ArrayList<Map<String, String>>();
    tags.forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
    return list;
  }
}
