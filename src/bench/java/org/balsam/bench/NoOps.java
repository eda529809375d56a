package org.balsam.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Stands in for every use case of the round: does nothing but set the variables of the model. */
final class NoOps {

  static final List<Path> MODELS =
      List.of(Path.of("processes/statistical-round.bpmn"), Path.of("processes/run-step.bpmn"));

  private static final Pattern BEAN = Pattern.compile("[dD]elegateExpression=\"#\\{(\\w+)}\"");

  private NoOps() {}

  /** The names of all delegates and listeners that the models use. */
  static Set<String> names() {
    var names = new TreeSet<String>();
    for (var model : MODELS) {
      var beans = BEAN.matcher(read(model));
      while (beans.find()) {
        names.add(beans.group(1));
      }
    }
    return names;
  }

  static List<Path> resources() {
    var all = new ArrayList<>(MODELS);
    try (var forms = Files.list(Path.of("forms"))) {
      forms.sorted().forEach(all::add);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Object bean(String name) {
    return name.endsWith("Delegate") ? new Work() : new Silence();
  }

  /** What a person decides in a task, and when it is released. */
  static Map<String, Object> decisions(String task) {
    return switch (task) {
      case "userTask_confirmInputs" -> Map.of("inputsDecision", "confirm");
      case "userTask_reviewResults" -> Map.of("reviewDecision", "approve");
      case "userTask_approveRelease" ->
          Map.of("releaseDecision", "approve", "releaseAt", new Date(), "releaseLevel", "public");
      case "userTask_evaluateRound" -> Map.of("evaluationDecision", "closed");
      default -> throw new IllegalStateException("not on the way of the benchmark: " + task);
    };
  }

  static final class Work implements JavaDelegate {

    private static final String HASH = "0".repeat(64);

    @Override
    public void execute(DelegateExecution execution) {
      switch (execution.getCurrentActivityId()) {
        case "serviceTask_openRound" -> execution.setVariable("commit", HASH.substring(24));
        case "serviceTask_freezeInputs" -> {
          execution.setVariable("inputSet", "raw/manifest@1#" + HASH);
          execution.setVariable("inputChanges", "2 files new, 0 missing, 24 rows more");
        }
        case "serviceTask_planRun" -> {
          execution.setVariable("run", 1L);
          execution.setVariable("stageCount", 1L);
        }
        case "serviceTask_planStage" -> execution.setVariableLocal("stepCount", 1L);
        case "serviceTask_submitJob" -> {
          execution.setVariable("jobId", execution.getProcessInstanceId());
          execution.setVariable("timeLimitAt", Date.from(Instant.now().plusSeconds(86_400)));
        }
        case "serviceTask_checkQuality" -> {
          execution.setVariable("verdict", "pass");
          execution.setVariable("warned", false);
          execution.setVariable("checkSummary", "all 12 checks pass");
          execution.setVariable("evidence", HASH);
          execution.setVariable("outputSet", "prov/outputs@1#" + HASH);
        }
        case "serviceTask_releaseDataset" ->
            execution.setVariable("releaseSet", "rel/manifest@1#" + HASH);
        default -> {
          // has no result
        }
      }
    }
  }

  static final class Silence implements ExecutionListener, TaskListener {

    @Override
    public void notify(DelegateExecution execution) {
      // the use case behind it does nothing
    }

    @Override
    public void notify(DelegateTask task) {
      // the use case behind it does nothing
    }
  }
}
