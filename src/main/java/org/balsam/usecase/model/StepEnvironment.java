package org.balsam.usecase.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.standard.template.ProjectFile;

/** What a step of a training is told; nothing else reaches it. */
final class StepEnvironment {

  private StepEnvironment() {}

  static Map<String, String> of(
      TrainingEntity training, ProjectFile.Model model, ProjectFile.Step step, String parameters) {
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_PROJECT", training.project);
    environment.put("BALSAM_MODEL", training.model);
    environment.put(
        "BALSAM_TRAINING", training.reproduces == null ? training.id : training.reproduces);
    environment.put("BALSAM_PERIOD", training.period);
    environment.put("BALSAM_PERIOD_START", training.reference().start().toString());
    environment.put("BALSAM_PERIOD_END", training.reference().end().toString());
    environment.put("BALSAM_SEED", String.valueOf(training.pinnedSeed()));
    environment.put("BALSAM_TARGET", model.target());
    environment.put("BALSAM_ROW", model.row());
    environment.put("BALSAM_CLASSES", String.join(",", model.classes()));
    environment.put("BALSAM_FEATURES", features(model));
    if (model.positive() != null) {
      environment.put("BALSAM_POSITIVE", model.positive());
    }
    step.parameters().forEach((name, value) -> environment.put(ProjectFile.variable(name), value));
    TrainingParameters.parse(parameters)
        .forEach((name, value) -> environment.put(ProjectFile.variable(name), value));
    return environment;
  }

  private static String features(ProjectFile.Model model) {
    return model.features().entrySet().stream()
        .map(feature -> feature.getKey() + ":" + feature.getValue().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }
}
