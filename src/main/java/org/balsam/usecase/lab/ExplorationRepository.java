package org.balsam.usecase.lab;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The rows of all explorations. */
interface ExplorationRepository extends Repository<ExplorationEntity, String> {

  ExplorationEntity save(ExplorationEntity exploration);

  Optional<ExplorationEntity> findById(String id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select e from ExplorationEntity e where e.id = :id")
  Optional<ExplorationEntity> findLocked(String id);

  /** Lets one transaction at a time request in a project. */
  @Query(
      value = "select 1 from pg_advisory_xact_lock(hashtextextended(:project, 68))",
      nativeQuery = true)
  int lockProject(String project);

  /** The unfinished explorations of a project; limited by its quota and nine per person. */
  List<ExplorationEntity> findByProjectAndStateNotIn(
      String project, Collection<ExplorationState> over);

  @Query(
      """
      select e from ExplorationEntity e
      where e.project = :project and e.id > :after
      order by e.id
      """)
  List<ExplorationEntity> page(String project, String after, Limit limit);

  Optional<ExplorationEntity> findByWorkspaceAndStateNotIn(
      String workspace, Collection<ExplorationState> over);

  List<ExplorationEntity> findByStateInOrderById(Collection<ExplorationState> states, Limit limit);

  @Query(
      """
      select e from ExplorationEntity e
      where e.project in :projects
        and (:person = '' or e.requestedBy = :person)
        and (:branch = '' or coalesce(e.baseBranch, 'main') = :branch)
        and e.state in :states
      order by e.project, e.workspace
      """)
  List<ExplorationEntity> ofBranches(
      Collection<String> projects,
      String branch,
      String person,
      Collection<ExplorationState> states,
      Limit limit);

  /** The unfinished ones of a project. */
  default List<ExplorationEntity> unfinished(ProjectId project) {
    return findByProjectAndStateNotIn(project.value(), ExplorationState.OVER);
  }

  default ExplorationEntity get(ExplorationId id) {
    return findById(id.value()).orElseThrow(() -> unknown(id));
  }

  /** The exploration, for this transaction alone. */
  default ExplorationEntity lock(ExplorationId id) {
    return findLocked(id.value()).orElseThrow(() -> unknown(id));
  }

  static NotFound unknown(ExplorationId id) {
    return new NotFound("there is no exploration '" + id + "'");
  }
}
