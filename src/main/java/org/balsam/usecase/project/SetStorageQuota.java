package org.balsam.usecase.project;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.platform.storage.StorageStanding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says how much a project may store. For administrators of the platform. */
@Component
public class SetStorageQuota {

  private final Projects projects;
  private final StorageQuotas quotas;
  private final AuditTrail trail;

  SetStorageQuota(Projects projects, StorageQuotas quotas, AuditTrail trail) {
    this.projects = projects;
    this.quotas = quotas;
    this.trail = trail;
  }

  /**
   * @param bytes more than 0; null for what all projects have
   */
  public record Command(ProjectId project, @Nullable Long bytes, Actor actor) {}

  /**
   * Sets it. Less than is stored already is allowed: nothing is destroyed, nothing more is stored.
   *
   * @throws Forbidden unless the actor is an administrator of the platform
   */
  @Transactional
  public StorageStanding handle(Command command) {
    var project = projects.get(command.project, command.actor).id();
    if (!command.actor.isPlatformAdministrator()) {
      throw new Forbidden("only an administrator of the platform sets the storage quota");
    }
    if (command.bytes != null && command.bytes <= 0) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "bytes", command.bytes + " is not more than 0");
    }
    quotas.set(project, command.bytes);
    trail.record(
        AuditEntry.done("project.storage-quota-set", project.value(), null)
            .with("bytes", command.bytes == null ? "as all projects" : command.bytes.toString()));
    return quotas.of(project);
  }
}
