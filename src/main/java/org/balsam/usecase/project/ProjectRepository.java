package org.balsam.usecase.project;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored projects. */
interface ProjectRepository extends Repository<ProjectEntity, String> {

  ProjectEntity saveAndFlush(ProjectEntity project);

  boolean existsById(String id);

  Optional<ProjectEntity> findById(String id);

  /** Waits until nobody else asks for this id; holds until the transaction ends. */
  @Query(
      value =
          "select 1 from (select pg_advisory_xact_lock(hashtextextended(cast(:id as text), 85))) as locked",
      nativeQuery = true)
  int reserve(String id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from ProjectEntity p where p.id = :id")
  Optional<ProjectEntity> findLocked(String id);

  List<ProjectEntity> findByIdGreaterThanOrderById(String after, Limit limit);

  @Query(
      """
      select p from ProjectEntity p
      where p.id > :after and (p.id in :memberOf or p.requestedBy = :person or p.owner = :person)
      order by p.id
      """)
  List<ProjectEntity> findVisible(
      String after, Collection<String> memberOf, String person, Limit limit);

  @Query(
      """
      select p from ProjectEntity p
      where p.state in :states
        and (p.id in :memberOf or p.requestedBy = :person or p.owner = :person)
      order by p.id
      """)
  List<ProjectEntity> findVisible(
      Collection<ProjectState> states, Collection<String> memberOf, String person, Limit limit);

  List<ProjectEntity> findByStateInOrderById(Collection<ProjectState> states, Limit limit);

  /** The project, locked until the transaction ends. */
  default ProjectEntity locked(ProjectId id) {
    return findLocked(id.value()).orElseThrow(() -> unknown(id));
  }

  static NotFound unknown(ProjectId id) {
    return new NotFound("there is no project '" + id + "'");
  }
}
