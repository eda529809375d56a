package org.balsam.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;

/** Plays whoever has a task in a training, from its start to its end. */
final class TrainingDesk {

  private static final Set<String> ENDED = Set.of("promoted", "stopped", "cancelled");

  private final PrintStream out = System.out;
  private final DemoCast cast;
  private final String trainings;
  private boolean selfApprovalRefused;

  /**
   * @param trainings the path of the project's trainings
   */
  TrainingDesk(DemoCast cast, String trainings) {
    this.cast = cast;
    this.trainings = trainings;
  }

  /** Whether a trainer has tried to approve the own work and was refused. */
  boolean selfApprovalRefused() {
    return selfApprovalRefused;
  }

  /** Plays the training to its end and returns it. */
  JsonNode play(String training) {
    var state = new String[] {""};
    cast.await(
        training + " to end",
        () -> {
          var now = view(training).path("state").asText();
          if (!now.equals(state[0])) {
            state[0] = now;
            out.println("  · " + now);
          }
          if (!ENDED.contains(now)) {
            work(training);
          }
          return ENDED.contains(now);
        });
    return view(training);
  }

  private JsonNode view(String training) {
    return cast.as(DemoPeople.OWNER).get(trainings + "/" + training);
  }

  private void work(String training) {
    cast.task(DemoPeople.METHODOLOGY, training, "userTask_decideOnRefusedCandidate")
        .ifPresent(this::giveUp);
    if (!selfApprovalRefused) {
      cast.task(DemoPeople.METHODOLOGY, training, "userTask_reviewPromotion")
          .ifPresent(this::refusedSelfApproval);
      return;
    }
    cast.task(DemoPeople.QUALITY, training, "userTask_reviewPromotion")
        .ifPresent(task -> decide(DemoPeople.QUALITY, task, Map.of("reviewDecision", "approve")));
    cast.task(DemoPeople.OWNER, training, "userTask_approveProduction")
        .ifPresent(task -> decide(DemoPeople.OWNER, task, Map.of("productionDecision", "approve")));
  }

  private void giveUp(JsonNode task) {
    var summary =
        cast.as(DemoPeople.METHODOLOGY)
            .get("/api/v1/tasks/" + task.path("id").asText())
            .path("context")
            .path("gateSummary")
            .asText();
    summary
        .lines()
        .filter(line -> line.startsWith("BLOCK"))
        .forEach(line -> out.println("  ✗ " + line));
    decide(
        DemoPeople.METHODOLOGY,
        task,
        Map.of(
            "refusalDecision",
            "stop",
            "refusalReason",
            "Too short a training; it was worth a try."));
  }

  private void refusedSelfApproval(JsonNode task) {
    try {
      cast.complete(DemoPeople.METHODOLOGY, task, Map.of("reviewDecision", "approve"));
      throw new IllegalStateException("the self-approval was not refused");
    } catch (DemoClient.Refused refused) {
      selfApprovalRefused = refused.status() == 403;
      out.printf(
          "  ✗ methodology asked for the training and tries to approve it: refused (%d)%n    %s%n",
          refused.status(), refused.getMessage());
    }
  }

  private void decide(String person, JsonNode task, Map<String, String> variables) {
    cast.complete(person, task, variables);
    out.printf("  ✓ %s: %s%n", person, task.path("name").asText());
  }
}
