package org.balsam.process.engine;

import static org.camunda.bpm.engine.authorization.Permissions.TASK_WORK;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE_TASK;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.TASK;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The engine's check whether a person may work on a task. The engine asks three questions and
 * composes one of them anew each time; here the usual case, grants and nothing else, is one
 * statement in the same transaction. Whenever that does not suffice (no grant, or anything that
 * revokes or is for everybody), the engine's own check decides.
 */
final class TaskWorkCheck extends AuthorizationCommandChecker {

  private static final String GRANTED =
      """
      select bool_and(type_ = 1 and user_id_ is distinct from '*')
          and bool_or(case resource_type_
            when %1$d then perms_ & %3$d = %3$d or perms_ & %4$d = %4$d
            else perms_ & %3$d = %3$d or perms_ & %5$d = %5$d end)
        from act_ru_authorization
        where (user_id_ in (?, '*') or group_id_ = any (?))
          and (resource_type_ = %1$d and resource_id_ in (?, '*')
            or resource_type_ = %2$d and resource_id_ in (?, '*'))
      """
          .formatted(
              TASK.resourceType(),
              PROCESS_DEFINITION.resourceType(),
              TASK_WORK.getValue(),
              UPDATE.getValue(),
              UPDATE_TASK.getValue());

  private final JdbcOperations jdbc;

  TaskWorkCheck(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void checkTaskWork(TaskEntity task) {
    var person = checkedPerson();
    if (person == null || task.getExecutionId() == null || !isAllowed(person, task)) {
      super.checkTaskWork(task);
    }
  }

  /** Null where the engine would not check anything. */
  private static @Nullable Authentication checkedPerson() {
    var context = Context.getCommandContext();
    var person = context.getAuthentication();
    return context.isAuthorizationCheckEnabled() && person != null && person.getUserId() != null
        ? person
        : null;
  }

  /** Who has claimed a task may give it back, whatever roles are left; the guard asks for more. */
  private boolean isAllowed(Authentication person, TaskEntity task) {
    return person.getUserId().equals(task.getAssignee()) || isGranted(person, task);
  }

  private boolean isGranted(Authentication person, TaskEntity task) {
    return Boolean.TRUE.equals(
        jdbc.query(
            GRANTED,
            statement -> bind(statement, person, task),
            row -> row.next() && row.getBoolean(1)));
  }

  private static void bind(PreparedStatement statement, Authentication person, TaskEntity task)
      throws SQLException {
    var groups = person.getGroupIds() == null ? List.<String>of() : person.getGroupIds();
    statement.setString(1, person.getUserId());
    statement.setArray(2, statement.getConnection().createArrayOf("varchar", groups.toArray()));
    statement.setString(3, task.getId());
    statement.setString(4, task.getProcessDefinition().getKey());
  }
}
