package org.balsam.usecase.round;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The rows of all rounds. */
interface RoundRepository extends CrudRepository<RoundEntity, String> {

  /** Lets one transaction at a time decide about what has this name. */
  @Query(
      value = "select 1 from pg_advisory_xact_lock(hashtextextended(:name, 30))",
      nativeQuery = true)
  int lockName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select r from RoundEntity r where r.id = :id")
  Optional<RoundEntity> lock(String id);

  List<RoundEntity> findByProjectAndPeriodOrderByRevisionDesc(String project, String period);

  @Query(
      """
      select r from RoundEntity r
      where r.project = :project and r.state in :states
        and (:period = '' or r.period = :period)
        and (:fromPeriod = '' or r.period < :fromPeriod
          or (r.period = :fromPeriod and r.revision < :fromRevision))
      order by r.period desc, r.revision desc
      """)
  List<RoundEntity> page(
      String project,
      Collection<RoundState> states,
      String period,
      String fromPeriod,
      int fromRevision,
      Limit limit);

  /** What was released before a moment and still holds, the latest first. */
  @Query(
      """
      select r from RoundEntity r
      where r.project = :project and r.releasedAt < :before
        and r.state <> org.balsam.usecase.round.RoundState.WITHDRAWN
      order by r.releasedAt desc, r.id desc
      """)
  List<RoundEntity> releasedBefore(String project, Instant before, Limit limit);
}
