package org.balsam.usecase.dataset;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Access to {@code dataset_version}. */
interface DatasetVersionRepository extends Repository<DatasetVersionEntity, String> {

  DatasetVersionEntity save(DatasetVersionEntity version);

  Optional<DatasetVersionEntity> findById(String id);

  Optional<DatasetVersionEntity> findFirstByDatasetAndPeriodAndRevisionOrderByBuildDesc(
      String dataset, String period, int revision);

  Optional<DatasetVersionEntity> findFirstByDatasetAndPeriodOrderByRevisionDescBuildDesc(
      String dataset, String period);

  /** The newest version that belongs to an earlier round than the given one. */
  @Query(
      """
      select v from DatasetVersionEntity v
      where v.dataset = :dataset
        and (v.periodStart < :start or (v.periodStart = :start and v.revision < :revision))
      order by v.periodStart desc, v.revision desc, v.build desc
      """)
  List<DatasetVersionEntity> findEarlier(
      String dataset, LocalDate start, int revision, Limit limit);

  @Query(
      """
      select v from DatasetVersionEntity v
      where v.dataset = :dataset and (:after = '' or v.id < :after)
      order by v.id desc
      """)
  List<DatasetVersionEntity> page(String dataset, String after, Limit limit);

  @Query(
      """
      select new org.balsam.usecase.dataset.DatasetSummary(
        v.dataset, count(v), max(v.createdAt))
      from DatasetVersionEntity v
      where v.project = :project and v.dataset > :after
      group by v.dataset order by v.dataset
      """)
  List<DatasetSummary> datasets(String project, String after, Limit limit);
}
