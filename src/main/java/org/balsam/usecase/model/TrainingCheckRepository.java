package org.balsam.usecase.model;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.CrudRepository;

/** The rows of all checks on candidates. */
interface TrainingCheckRepository extends CrudRepository<TrainingCheckEntity, Long> {
  List<TrainingCheckEntity> findByTrainingAndGateOrderByNumberAsc(String training, int gate);

  Optional<TrainingCheckEntity> findFirstByTrainingOrderByGateDesc(String training);

  List<TrainingCheckEntity> findByTrainingAndWaiverNotNullOrderByIdAsc(String training);
}
