package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.NEW_END_DATE;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.identity.Directory;
import org.balsam.usecase.lab.RecordAnswer;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps what a person answered in a user task of an exploration. */
@Component
class RecordAnswerListener implements TaskListener {

  private static final Map<String, String> QUESTIONS =
      Map.of(
          "userTask_approveExploration", "approval",
          "userTask_approveDataUse", "approval",
          "userTask_renewOrEnd", "renewal",
          "userTask_decideOutcome", "outcome");

  private final RecordAnswer recordAnswer;
  private final ObjectProvider<Directory> directory;

  RecordAnswerListener(RecordAnswer recordAnswer, ObjectProvider<Directory> directory) {
    this.recordAnswer = recordAnswer;
    this.directory = directory;
  }

  @Override
  public void notify(DelegateTask task) {
    var question = QUESTIONS.get(task.getTaskDefinitionKey());
    var answer = RecordAnswer.Answer.parse(text(task, question + "Decision"));
    recordAnswer.handle(
        new RecordAnswer.Command(
            exploration(task.getExecution()),
            answer,
            text(task, question + "Reason"),
            newEndDate(task, answer),
            person(task)));
  }

  private Actor person(DelegateTask task) {
    var id =
        task.getProcessEngineServices().getIdentityService().getCurrentAuthentication().getUserId();
    return Actor.user(id, directory.getObject().groupsOf(id));
  }

  private static @Nullable LocalDate newEndDate(DelegateTask task, RecordAnswer.Answer answer) {
    var sent = text(task, NEW_END_DATE.name());
    if (sent.isEmpty()
        || (answer != RecordAnswer.Answer.RENEW && answer != RecordAnswer.Answer.CONTINUE)) {
      return null;
    }
    try {
      return LocalDate.parse(sent);
    } catch (DateTimeException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "/variables/newEndDate", "is a day, for example 2027-01-31");
    }
  }

  private static String text(DelegateTask task, String variable) {
    return Objects.toString(task.getVariable(variable), "").strip();
  }
}
