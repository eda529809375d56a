package org.balsam.process.engine;

import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityState;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The grants that the engine makes with a task: one for each candidate group. Who claims a task as
 * one of its candidates gets no grant of their own, which the engine would leave behind when the
 * person gives the task back or loses the role.
 */
final class TaskGrants extends DefaultAuthorizationProvider {

  @Override
  public AuthorizationEntity @Nullable [] newTaskAssignee(
      Task task, @Nullable String before, @Nullable String assignee) {
    return hasCandidates((TaskEntity) task) ? null : super.newTaskAssignee(task, before, assignee);
  }

  private static boolean hasCandidates(TaskEntity task) {
    return task.getCandidates().stream().anyMatch(link -> link.getGroupId() != null);
  }

  /** A task that the running command has made has no grants in the database to look for. */
  @Override
  protected @Nullable AuthorizationEntity getGrantAuthorizationByGroupId(
      String group, Resource resource, String id) {
    return resource == Resources.TASK && isNew(id)
        ? null
        : super.getGrantAuthorizationByGroupId(group, resource, id);
  }

  private static boolean isNew(String task) {
    var cache = Context.getCommandContext().getDbEntityManager().getDbEntityCache();
    var known = cache.getCachedEntity(TaskEntity.class, task);
    return known != null && known.getEntityState() == DbEntityState.TRANSIENT;
  }
}
