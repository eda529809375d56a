package org.balsam.usecase.round;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/** The rows of all announcements. */
interface AnnouncementRepository extends CrudRepository<AnnouncementEntity, Long> {
  Optional<AnnouncementEntity> findFirstByRoundOrderByNumberDesc(String round);

  List<AnnouncementEntity> findByRoundOrderByNumberAsc(String round, Limit limit);
}
