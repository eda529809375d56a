package org.balsam.usecase.model;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/** The rows of all runs of trainings. */
interface TrainingRunRepository extends CrudRepository<TrainingRunEntity, String> {
  List<TrainingRunEntity> findByTrainingOrderByNumberDesc(String training, Limit limit);
}
