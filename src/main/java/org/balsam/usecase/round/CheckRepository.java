package org.balsam.usecase.round;

import java.util.List;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The rows of all checks. */
interface CheckRepository extends CrudRepository<CheckEntity, String> {
  /** Removes the verdicts of a run, with what people said of them. */
  @Modifying(flushAutomatically = true, clearAutomatically = false)
  @Query("delete from CheckEntity c where c.run = :run")
  void forget(String run);

  List<CheckEntity> findByRunOrderByPositionAsc(String run);
}
