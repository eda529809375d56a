package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.registry.RegisteredModel;

/** One run per version, with the figures of its evidence; each call is safe to repeat. */
final class MlflowRuns {

  private static final String VERSION = "balsam.version";
  private static final int MOST_METRICS = 500;

  private final MlflowApi api;
  private final MlflowNames names;
  private final EvidenceFigures figures;
  private final Clock clock;

  MlflowRuns(MlflowApi api, MlflowNames names, EvidenceFigures figures, Clock clock) {
    this.api = api;
    this.names = names;
    this.figures = figures;
    this.clock = clock;
  }

  /** The id of the version's run, which is made unless it is there. */
  String ensure(RegisteredModel model) {
    var experiment = experiment(model.project());
    return find(experiment, model).orElseGet(() -> create(experiment, model));
  }

  /** Shows the figures that the evidence holds, as far as they are not shown already. */
  void showFigures(RegisteredModel model, String run) {
    var now = clock.millis();
    var wanted = figures.of(model);
    if (!wanted.isEmpty()) {
      wanted.entrySet().removeAll(shown(run).entrySet());
    }
    var metrics = new ArrayList<Map<String, ?>>();
    wanted.forEach(
        (key, value) ->
            metrics.add(Map.of("key", key, "value", value, "timestamp", now, "step", 0)));
    if (!metrics.isEmpty()) {
      api.post(
          "runs/log-batch",
          Map.of("run_id", run, "metrics", List.copyOf(atMost(MOST_METRICS, metrics))));
    }
  }

  private Map<String, Double> shown(String run) {
    var shown = new HashMap<String, Double>();
    api.get("runs/get", Map.of("run_id", run))
        .path("run")
        .path("data")
        .path("metrics")
        .forEach(metric -> shown.put(metric.path("key").asText(), metric.path("value").asDouble()));
    return shown;
  }

  private static <T> List<T> atMost(int count, List<T> all) {
    return all.subList(0, Math.min(count, all.size()));
  }

  private String experiment(ProjectId project) {
    var name = names.experiment(project);
    return api.find("experiments/get-by-name", Map.of("experiment_name", name))
        .map(found -> found.path("experiment").path("experiment_id").asText())
        .orElseGet(
            () ->
                api.post(
                        "experiments/create",
                        Map.of(
                            "name",
                            name,
                            "tags",
                            MlflowModels.tags(Map.of("balsam.project", project.value()))))
                    .path("experiment_id")
                    .asText());
  }

  private Optional<String> find(String experiment, RegisteredModel model) {
    var filter = "tags.`%s` = '%s'".formatted(VERSION, model.id().value());
    var runs =
        api.post(
                "runs/search",
                Map.of("experiment_ids", List.of(experiment), "filter", filter, "max_results", 1))
            .path("runs");
    return runs.isEmpty() ? Optional.empty() : Optional.of(id(runs.get(0)));
  }

  private String create(String experiment, RegisteredModel model) {
    var at = model.registeredAt().toEpochMilli();
    var run =
        id(
            api.post(
                    "runs/create",
                    Map.of(
                        "experiment_id",
                        experiment,
                        "run_name",
                        model.id().value(),
                        "start_time",
                        at,
                        "tags",
                        MlflowModels.tags(
                            Map.of(
                                VERSION,
                                model.id().value(),
                                "balsam.training",
                                model.training().value()))))
                .path("run"));
    api.post("runs/update", Map.of("run_id", run, "status", "FINISHED", "end_time", at));
    return run;
  }

  private static String id(JsonNode run) {
    return run.path("info").path("run_id").asText();
  }
}
