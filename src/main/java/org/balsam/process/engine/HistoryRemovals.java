package org.balsam.process.engine;

import java.util.Collection;
import java.util.List;
import org.balsam.audit.AuditEntry;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Records every removal of history and every change of comments, also by code that acts for nobody,
 * which the engine's own log leaves out.
 */
final class HistoryRemovals extends CommandInterceptor {

  /** How the engine's commands name what they are about. */
  private static final List<String> KEYS =
      List.of(
          "processInstanceIds",
          "processInstanceId",
          "taskId",
          "variableInstanceId",
          "entryId",
          "commentId",
          "caseInstanceId",
          "caseInstanceIds");

  private static final int MOST = 500;

  private final FactRecorder recorder;

  HistoryRemovals(FactRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public <T> T execute(Command<T> command) {
    var result = next.execute(command);
    var action = action(command.getClass().getSimpleName());
    if (action != null) {
      var entry =
          AuditEntry.done(action, null, null).with("command", command.getClass().getSimpleName());
      for (var key : KEYS) {
        entry = FactValues.with(entry, key, value(CommandFields.optionalValue(command, key)));
      }
      recorder.record(entry, (String) null, null);
    }
    return result;
  }

  private static @Nullable String action(String command) {
    return switch (command) {
      case "AddCommentCmd" -> "comment.added";
      case "UpdateCommentCmd" -> "comment.edited";
      case "DeleteTaskCommentCmd", "DeleteProcessInstanceCommentCmd" -> "comment.removed";
      case "DeleteUserOperationLogEntryCmd" -> "history.removed";
      default -> command.startsWith("DeleteHistoric") ? "history.removed" : null;
    };
  }

  private static @Nullable Object value(@Nullable Object value) {
    return value instanceof Collection<?> ids
        ? ids.stream().limit(MOST).map(Object::toString).toList()
        : value;
  }
}
