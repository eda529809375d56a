package org.balsam.usecase.schedule;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.NotFound;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stored schedules. */
interface ScheduleRepository extends Repository<ScheduleEntity, String> {

  ScheduleEntity saveAndFlush(ScheduleEntity row);

  boolean existsById(String id);

  Optional<ScheduleEntity> findById(String id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select s from ScheduleEntity s where s.id = :id")
  Optional<ScheduleEntity> findLocked(String id);

  List<ScheduleEntity> findByProjectAndIdGreaterThanOrderById(
      String project, String after, Limit limit);

  /**
   * The schedule, locked until the transaction ends: while it computes, nobody can change it, and
   * whoever changed it sees the process waiting again.
   */
  default ScheduleEntity locked(ScheduleId id) {
    return findLocked(id.value()).orElseThrow(() -> unknown(id));
  }

  static NotFound unknown(ScheduleId id) {
    return new NotFound("there is no schedule '" + id + "'");
  }
}
