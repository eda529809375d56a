package org.balsam.usecase.round;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/** The rows of all decisions. */
interface DecisionRepository extends CrudRepository<DecisionEntity, Long> {
  boolean existsByTask(String task);

  List<DecisionEntity> findByRoundOrderByIdAsc(String round, Limit limit);

  Optional<DecisionEntity> findFirstByRoundAndActivityAndDecidedAtAfterOrderByIdDesc(
      String round, String activity, Instant after);
}
