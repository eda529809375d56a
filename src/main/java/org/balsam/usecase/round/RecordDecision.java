package org.balsam.usecase.round;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps a person's decision in a round for good, and refuses one that the facts do not allow. */
@Component
public class RecordDecision {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RoundRows rows;
  private final DecisionRepository decisions;
  private final DecisionRules rules;
  private final Refusals refusals;
  private final Clock clock;

  RecordDecision(
      RoundRows rows,
      DecisionRepository decisions,
      DecisionRules rules,
      Refusals refusals,
      Clock clock) {
    this.rows = rows;
    this.decisions = decisions;
    this.rules = rules;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * What was decided.
   *
   * @param activity the BPMN element of the task
   * @param taskId the engine's id of the task; one task is decided once
   * @param evidence sha256 of the evidence that the person decided on; null before there is any
   * @param display the other fields of the form; read are {@code inputSet} (the manifest that the
   *     person confirms) and {@code releaseAt} (RFC 3339)
   */
  public record Command(
      RoundId round,
      String activity,
      String taskId,
      String decision,
      @Nullable String reason,
      Actor actor,
      @Nullable String evidence,
      Map<String, String> display) {}

  /**
   * Keeps it; a task that is decided stays as it is. Of two decisions at the same moment the second
   * waits for the first.
   *
   * @throws Rejection INPUTS_MISSING when incomplete inputs are confirmed, EVIDENCE_CHANGED when
   *     the evidence is not the round's, REASON_REQUIRED for an explanation or waiver without text,
   *     WRONG_STATE for what cannot be waived or released at that moment
   * @throws org.balsam.kernel.Forbidden when another role than quality waives
   */
  public void handle(Command command) {
    refusals.recorded(
        "round.decided",
        command.round.project(),
        command.round.value(),
        () -> {
          decide(command);
          return true;
        });
  }

  private void decide(Command command) {
    var round = rows.lock(command.round);
    if (decisions.existsByTask(command.taskId)) {
      return;
    }
    rules.apply(command, round);
    decisions.save(new DecisionEntity(command, round.run, json(command), clock.instant()));
  }

  private static String json(Command command) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(command.display));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are always JSON", impossible);
    }
  }
}
