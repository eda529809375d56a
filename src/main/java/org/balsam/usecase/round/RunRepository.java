package org.balsam.usecase.round;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/** The rows of all runs. */
interface RunRepository extends CrudRepository<RunEntity, String> {
  Optional<RunEntity> findFirstByRoundOrderByNumberDesc(String round);

  List<RunEntity> findByRoundOrderByNumberDesc(String round, Limit limit);
}
