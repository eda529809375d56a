package org.balsam.usecase.model;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the versions of models that were rolled back and are not in use again. */
@Component
public class FindRollbacks {

  private static final Set<RollbackState> DONE =
      EnumSet.of(RollbackState.IN_FORCE, RollbackState.DISPUTED, RollbackState.COMPLETED);

  private final RollbackRepository rollbacks;
  private final ModelRegistry registry;

  FindRollbacks(RollbackRepository rollbacks, ModelRegistry registry) {
    this.rollbacks = rollbacks;
    this.registry = registry;
  }

  /** Where to look. */
  public record Command(ProjectId project, Collection<ModelVersionId> versions) {
    public Command {
      versions = List.copyOf(versions);
    }
  }

  /** What was found. */
  public record Result(List<RolledBack> found) {
    public Result {
      found = List.copyOf(found);
    }
  }

  /**
   * A version that was taken out of use.
   *
   * @param at when it was decided, in an emergency when it was asked for
   */
  public record RolledBack(ModelVersionId version, Instant at, String reason) {}

  /** Finds them, in the order of the command. */
  @Transactional(readOnly = true)
  public Result handle(Command command) {
    return new Result(
        command.versions().stream()
            .flatMap(version -> find(command.project(), version).stream())
            .toList());
  }

  private Optional<RolledBack> find(ProjectId project, ModelVersionId version) {
    return rollbacks
        .findFirstByProjectAndChampionAndStateInOrderByRequestedAtDesc(
            project.value(), version.value(), DONE)
        .filter(row -> !isChampion(project, version))
        .map(row -> new RolledBack(version, at(row), row.reason));
  }

  private boolean isChampion(ProjectId project, ModelVersionId version) {
    return registry
        .alias(project, version.model(), Alias.CHAMPION)
        .filter(champion -> champion.id().equals(version))
        .isPresent();
  }

  private static Instant at(RollbackEntity row) {
    return row.emergency
        ? row.requestedAt
        : Objects.requireNonNullElse(row.decidedAt, row.requestedAt);
  }
}
