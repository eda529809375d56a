package org.balsam.usecase.model;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The rows of all trainings. */
interface TrainingRepository extends CrudRepository<TrainingEntity, String> {

  /** Lets one transaction at a time decide about what has this name. */
  @Query(
      value = "select 1 from pg_advisory_xact_lock(hashtextextended(:name, 65))",
      nativeQuery = true)
  int lockName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select t from TrainingEntity t where t.id = :id")
  Optional<TrainingEntity> lock(String id);

  List<TrainingEntity> findByProjectAndModelAndPeriodAndStateNotIn(
      String project, String model, String period, Collection<TrainingState> states);

  long countByProject(String project);

  long countByProjectAndStateNotIn(String project, Collection<TrainingState> states);

  Optional<TrainingEntity> findFirstByProjectAndModelAndPeriodOrderByRequestedAtDescIdDesc(
      String project, String model, String period);

  boolean existsByProjectAndModelAndPeriod(String project, String model, String period);

  @Query(
      """
      select t from TrainingEntity t
      where t.project = :project and t.state in :states
        and (:model = '' or t.model = :model)
        and (:from = '' or t.requestedAt < (select f.requestedAt from TrainingEntity f
               where f.id = :from)
          or (t.requestedAt = (select f.requestedAt from TrainingEntity f where f.id = :from)
            and t.id < :from))
      order by t.requestedAt desc, t.id desc
      """)
  List<TrainingEntity> page(
      String project, Collection<TrainingState> states, String model, String from, Limit limit);
}
