package org.balsam.process.engine;

import java.util.List;
import org.balsam.kernel.Actor;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The engine's authorisations, made at start. Members of any project read all definitions and,
 * because every instance has a project as tenant, instances, tasks and history of their own
 * projects only. Work on a task comes from being its candidate. Administrators may do what {@link
 * PersonCommands} lets through.
 */
@Component
class EngineAuthorizations {

  private final AuthorizationService authorizations;
  private final EngineAccess engine;

  EngineAuthorizations(@Lazy AuthorizationService authorizations, EngineAccess engine) {
    this.authorizations = authorizations;
    this.engine = engine;
  }

  /** Makes sure that each exists; the caller holds a lock against other nodes. */
  void ensure() {
    engine.asSystem(
        () -> {
          var members = EngineGroups.MEMBERS;
          ensure(members, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
          ensure(
              members,
              Resources.PROCESS_DEFINITION,
              Authorization.ANY,
              ProcessDefinitionPermissions.READ,
              ProcessDefinitionPermissions.READ_INSTANCE,
              ProcessDefinitionPermissions.READ_TASK,
              ProcessDefinitionPermissions.READ_HISTORY);
          ensure(
              members,
              Resources.DECISION_DEFINITION,
              Authorization.ANY,
              Permissions.READ,
              Permissions.READ_HISTORY);
          ensure(members, Resources.USER, Authorization.ANY, Permissions.READ);
          ensure(members, Resources.GROUP, Authorization.ANY, Permissions.READ);
          for (var resource : Resources.values()) {
            if (resource == Resources.FILTER) {
              continue; // the lists of others are not theirs
            }
            ensure(Actor.PLATFORM_ADMINISTRATORS, resource, Authorization.ANY, Permissions.ALL);
          }
        });
  }

  private void ensure(String group, Resource resource, String id, Permission... permissions) {
    var existing =
        authorizations
            .createAuthorizationQuery()
            .groupIdIn(group)
            .resourceType(resource)
            .resourceId(id)
            .authorizationType(Authorization.AUTH_TYPE_GRANT)
            .singleResult();
    if (existing != null && hasAll(existing, permissions)) {
      return;
    }
    var grant =
        existing == null
            ? authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT)
            : existing;
    grant.setGroupId(group);
    grant.setResource(resource);
    grant.setResourceId(id);
    grant.setPermissions(permissions);
    authorizations.saveAuthorization(grant);
  }

  private static boolean hasAll(Authorization grant, Permission... permissions) {
    return List.of(permissions).stream().allMatch(grant::isPermissionGranted);
  }
}
