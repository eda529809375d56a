package org.balsam.usecase.round;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.CrudRepository;

/** The rows of all steps. */
interface StepRepository extends CrudRepository<StepEntity, String> {
  boolean existsByRun(String run);

  List<StepEntity> findByRunOrderByStageAscPositionAsc(String run);

  Optional<StepEntity> findByRunAndStageAndPosition(String run, int stage, int position);

  @Query(
      """
      select s from StepEntity s, RunEntity r
      where r.id = s.run and r.round = :round and s.state in :states
      order by s.job
      """)
  List<StepEntity> ofRound(String round, Collection<StepState> states);
}
