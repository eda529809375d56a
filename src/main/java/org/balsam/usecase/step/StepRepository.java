package org.balsam.usecase.step;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.balsam.standard.step.StepState;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The rows of all steps. */
interface StepRepository extends CrudRepository<StepEntity, String> {
  boolean existsByRun(String run);

  List<StepEntity> findByRunOrderByStageAscPositionAsc(String run);

  Optional<StepEntity> findByRunAndStageAndPosition(String run, int stage, int position);

  List<StepEntity> findByStateOrderByJob(StepState state, Limit limit);

  @Query(
      """
      select s from StepEntity s
      where s.run like concat(:work, '.%') and s.state in :states
      order by s.job
      """)
  List<StepEntity> ofWork(String work, Collection<StepState> states);
}
