package org.balsam.usecase.model;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.NotFound;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored roll-backs. */
interface RollbackRepository extends Repository<RollbackEntity, String> {

  RollbackEntity saveAndFlush(RollbackEntity row);

  Optional<RollbackEntity> findById(String id);

  long countByProjectAndModel(String project, String model);

  boolean existsById(String id);

  Optional<RollbackEntity> findFirstByProjectAndModelAndStateInAndEmergencyIn(
      String project,
      String model,
      Collection<RollbackState> states,
      Collection<Boolean> emergencies);

  Optional<RollbackEntity> findFirstByProjectAndChampionAndStateInOrderByRequestedAtDesc(
      String project, String champion, Collection<RollbackState> states);

  /** A model's roll-backs, latest first, those after {@code after}; all when it is empty. */
  @Query(
      """
      select r from RollbackEntity r
      where r.project = :project and r.model = :model
        and (:after = ''
          or r.requestedAt < (select a.requestedAt from RollbackEntity a where a.id = :after)
          or (r.requestedAt = (select a.requestedAt from RollbackEntity a where a.id = :after)
            and r.id < :after))
      order by r.requestedAt desc, r.id desc
      """)
  List<RollbackEntity> page(String project, String model, String after, Limit limit);

  /** Lets one transaction at a time decide about what has this name. */
  @Query(
      value = "select 1 from pg_advisory_xact_lock(hashtextextended(:name, 61))",
      nativeQuery = true)
  int lockName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select r from RollbackEntity r where r.id = :id")
  Optional<RollbackEntity> findLocked(String id);

  /** The roll-back, locked until the transaction ends. */
  default RollbackEntity locked(RollbackId id) {
    return findLocked(id.value()).orElseThrow(() -> unknown(id));
  }

  static NotFound unknown(RollbackId id) {
    return new NotFound("there is no roll-back '" + id + "'");
  }
}
