package org.balsam.usecase.step;

import java.util.List;
import org.springframework.data.repository.CrudRepository;

/** The rows of all published files. */
interface OutputRepository extends CrudRepository<OutputEntity, String> {
  List<OutputEntity> findByRunOrderByObjectKeyAsc(String run);
}
