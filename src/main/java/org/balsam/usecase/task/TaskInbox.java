package org.balsam.usecase.task;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Page;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for people, under the same rules as in Tasklist: one sees the tasks of one's
 * own projects, claims what one's roles allow, and separation of duties holds.
 *
 * <p>An unknown task, one of a foreign project, and one that is over are all {@link
 * org.balsam.kernel.NotFound}; losing a race for a task is a {@link org.balsam.kernel.Rejection}
 * TASK_GONE.
 */
public interface TaskInbox {

  /**
   * Open tasks that the actor is assigned to or may claim, oldest first.
   *
   * @param subject only tasks of this round, project or schedule; null for all
   */
  Page<OpenTask> open(@Nullable String subject, int limit, @Nullable String cursor, Actor actor);

  /** One open task with its form and what the form shows. */
  TaskDetail get(String id, Actor actor);

  /** Makes the actor the assignee; nothing changes when they already are. */
  void claim(String id, Actor actor);

  /** Gives a claimed task back. */
  void unclaim(String id, Actor actor);

  /**
   * Completes the task, claiming it first if nobody has.
   *
   * @param variables form fields: texts, booleans, whole numbers, and RFC 3339 times for date
   *     fields
   */
  void complete(String id, Map<String, Object> variables, Actor actor);

  /**
   * A task in a list.
   *
   * @param activity the BPMN element, {@code userTask_confirmInputs}
   * @param subject the round, project or schedule that it belongs to
   * @param candidates groups whose members may claim it, as {@code project/role}
   * @param exclusion why separation of duties keeps who asks from it; null when it does not
   */
  record OpenTask(
      String id,
      String name,
      String activity,
      String process,
      String subject,
      @Nullable String project,
      @Nullable String assignee,
      List<String> candidates,
      Instant createdAt,
      @Nullable Instant dueAt,
      @Nullable Exclusion exclusion) {}

  /**
   * What somebody did before, after which another person must do a task.
   *
   * @param name of the task that they completed; null when they started the process
   */
  record Exclusion(@Nullable String name, Instant at) {}

  /**
   * A task with all that its person needs.
   *
   * @param documentation what there is to decide
   * @param form the Camunda Form as JSON text; null when it has none
   * @param context the values that the form shows
   */
  record TaskDetail(
      OpenTask task, String documentation, @Nullable String form, Map<String, Object> context) {}
}
