package org.balsam.process.engine;

import java.util.function.Supplier;
import org.balsam.kernel.Actor;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * On whose behalf the engine's services are called. The engine checks authorisations, tenants and
 * Balsam's rules for persons only when a person is authenticated in it; whoever is authenticated
 * stays bound to the thread until the call ends.
 */
@Component
public class EngineAccess {

  private final IdentityService identity;

  EngineAccess(@Lazy IdentityService identity) {
    this.identity = identity;
  }

  /**
   * Runs Balsam's own work, which no person's rights limit: starting a round that a use case has
   * already checked, handing a finished job back. The former person is authenticated again
   * afterwards. The call context, and so the actor in the audit trail, stays as it is.
   */
  public <T> T asSystem(Supplier<T> work) {
    var before = identity.getCurrentAuthentication();
    identity.clearAuthentication();
    try {
      return work.get();
    } finally {
      identity.setAuthentication(before);
    }
  }

  /** Like {@link #asSystem(Supplier)} for work without a result. */
  public void asSystem(Runnable work) {
    asSystem(
        () -> {
          work.run();
          return null;
        });
  }

  /** Runs work with exactly the rights of a person: their groups and their projects. */
  public <T> T as(Actor person, Supplier<T> work) {
    var before = identity.getCurrentAuthentication();
    identity.setAuthentication(
        person.id(), EngineGroups.inEngine(person.groups()), EngineGroups.tenants(person.groups()));
    try {
      return work.get();
    } finally {
      identity.setAuthentication(before);
    }
  }

  /** Like {@link #as(Actor, Supplier)} for work without a result. */
  public void as(Actor person, Runnable work) {
    as(
        person,
        () -> {
          work.run();
          return null;
        });
  }
}
