package org.balsam.usecase.task;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a thing waits for people to do, for everybody who may see the thing; whoever calls has
 * checked that. {@link TaskInbox} has only the tasks of who asks.
 */
public interface AwaitedTasks {

  /**
   * Open tasks, oldest first, the first of very many.
   *
   * @param project that the thing belongs to; another one may have the same name
   * @param subject the id of a round, training, exploration or roll-back
   */
  List<Awaited> about(ProjectId project, String subject);

  /**
   * An open task, which only those who may do it find among their tasks.
   *
   * @param activity the BPMN element
   * @param name as lists of tasks have it, with what it is about
   * @param assignee who has claimed it
   * @param candidates groups whose members may claim it, as {@code project/role}
   */
  record Awaited(
      String activity,
      String name,
      @Nullable String assignee,
      List<String> candidates,
      Instant createdAt,
      @Nullable Instant dueAt) {
    public Awaited {
      candidates = List.copyOf(candidates);
    }
  }
}
