package org.balsam.usecase.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/** The rows of all decisions on trainings. */
interface TrainingDecisionRepository extends CrudRepository<TrainingDecisionEntity, Long> {
  boolean existsByTask(String task);

  List<TrainingDecisionEntity> findByTrainingOrderByIdAsc(String training, Limit limit);

  Optional<TrainingDecisionEntity> findFirstByTrainingAndActivityAndDecidedAtAfterOrderByIdDesc(
      String training, String activity, Instant after);
}
