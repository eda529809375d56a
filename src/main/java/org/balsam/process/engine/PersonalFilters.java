package org.balsam.process.engine;

import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The lists of tasks in Tasklist. A filter cannot ask who is looking, because queries hold no
 * expressions; so each person gets their own "For me" and "My tasks", and the others are shared.
 */
@Component
class PersonalFilters {

  private final FilterService filters;
  private final TaskService tasks;
  private final AuthorizationService authorizations;
  private final EngineAccess engine;
  private final TransactionOperations transaction;
  private final JdbcClient jdbc;

  PersonalFilters(
      @Lazy FilterService filters,
      @Lazy TaskService tasks,
      @Lazy AuthorizationService authorizations,
      EngineAccess engine,
      TransactionOperations transaction,
      JdbcClient jdbc) {
    this.filters = filters;
    this.tasks = tasks;
    this.authorizations = authorizations;
    this.engine = engine;
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  /** Makes sure that the person has the lists of the tasks that are for them or claimed. */
  void ensure(String person) {
    var forThem = tasks.createTaskQuery().taskCandidateUser(person).includeAssignedTasks();
    ensure("For me", forThem, 0, person);
    ensure("My tasks", tasks.createTaskQuery().taskAssignee(person), 10, person);
  }

  /** Makes sure that the lists for everybody exist. */
  void ensureShared() {
    ensure("Unclaimed tasks", tasks.createTaskQuery().taskUnassigned(), 20, null);
    ensure("All tasks", tasks.createTaskQuery(), 30, null);
  }

  private void ensure(String name, TaskQuery query, int priority, @Nullable String person) {
    var key = person == null ? name : name + " of " + person;
    engine.asSystem(
        () ->
            transaction.executeWithoutResult(
                status -> {
                  lock(key);
                  if (!exists(name, person)) {
                    create(name, query, priority, person);
                  }
                }));
  }

  private boolean exists(String name, @Nullable String person) {
    for (var filter : filters.createTaskFilterQuery().filterName(name).list()) {
      var grants =
          authorizations
              .createAuthorizationQuery()
              .resourceType(Resources.FILTER)
              .resourceId(filter.getId());
      var isTheirs =
          person == null ? grants.groupIdIn(EngineGroups.MEMBERS) : grants.userIdIn(person);
      if (isTheirs.count() > 0) {
        return true;
      }
    }
    return false;
  }

  private void create(String name, TaskQuery query, int priority, @Nullable String person) {
    Filter filter = filters.newTaskFilter(name);
    filter.setQuery(query.orderByTaskCreateTime().desc());
    filter.setProperties(
        Map.of("priority", priority, "refresh", true, "showUndefinedVariable", false));
    var id = filters.saveFilter(filter).getId();
    Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setResource(Resources.FILTER);
    grant.setResourceId(id);
    grant.addPermission(Permissions.READ);
    if (person == null) {
      grant.setGroupId(EngineGroups.MEMBERS);
    } else {
      grant.setUserId(person);
    }
    authorizations.saveAuthorization(grant);
  }

  private void lock(String key) {
    jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtext(?))) as locked")
        .param("balsam filter " + key)
        .query(Integer.class)
        .single();
  }
}
