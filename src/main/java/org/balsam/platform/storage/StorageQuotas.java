package org.balsam.platform.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/**
 * How much each project may store, and how much it does. What Balsam stores counts at once, in the
 * caller's transaction; what steps and others store, from the next measurement on. Those who store
 * at the same moment do not see each other's share, so that together they may go over.
 */
public class StorageQuotas {

  private static final String RECORDS = "-prov";

  private final JdbcClient database;
  private final @Nullable DataSize standard;

  /**
   * Quotas in this database.
   *
   * @param standard of projects that have none of their own; null for no limit
   */
  public StorageQuotas(JdbcClient database, @Nullable DataSize standard) {
    this.database = database;
    this.standard = standard;
  }

  /**
   * Takes room for a version as {@link StorageRoom} does. Records of Balsam's own are kept in any
   * case, so that what has begun comes to its end.
   *
   * @throws Rejection LIMIT_EXCEEDED when there is none
   */
  public void take(BucketName bucket, String key, long bytes) {
    var project = bucket.project();
    var standing = of(project);
    if (!bucket.value().endsWith(RECORDS) && !standing.hasRoomFor(bytes)) {
      throw full(project, standing, bucket + "/" + key + " needs " + bytes + " bytes more");
    }
    grew(project, bytes);
  }

  /**
   * Refuses new work of a project that uses all that it may.
   *
   * @throws Rejection LIMIT_EXCEEDED then
   */
  public void requireRoom(ProjectId project) {
    var standing = of(project);
    if (!standing.hasRoomFor(1)) {
      throw full(project, standing, "a step would store more");
    }
  }

  private static Rejection full(ProjectId project, StorageStanding standing, String asked) {
    return new Rejection(
        ErrorCode.LIMIT_EXCEEDED,
        "quota of %1$s: %2$d of %3$d bytes are used, %4$s; an administrator of the platform can raise the quota (PUT /api/v1/projects/%1$s/storage-quota), or destroy what is not needed"
            .formatted(project, standing.usedBytes(), standing.quotaBytes(), asked));
  }

  /** Counts what was stored past {@link #take}. */
  public void grew(ProjectId project, long bytes) {
    database
        .sql("insert into balsam.storage_growth (project, bytes) values (:project, :bytes)")
        .param("project", project.value())
        .param("bytes", bytes)
        .update();
  }

  /** How a project stands. */
  public StorageStanding of(ProjectId project) {
    return database
        .sql(
            """
            select (select max(bytes) from balsam.storage_quota where project = :project) as quota,
                   (select max(measured_at) from balsam.storage_use where project = :project) as at,
                   coalesce((select sum(bytes) from balsam.storage_use where project = :project), 0)
                   + coalesce((select sum(bytes) from balsam.storage_growth where project = :project), 0)
                   as used
            """)
        .param("project", project.value())
        .query((row, number) -> standing(row))
        .single();
  }

  /** How each of these projects stands, by one query. */
  public Map<ProjectId, StorageStanding> of(Collection<ProjectId> projects) {
    var standings = new HashMap<ProjectId, StorageStanding>();
    database
        .sql(
            """
            select known.project, quota.bytes as quota, used.measured_at as at,
                   coalesce(used.bytes, 0)
                   + coalesce((select sum(bytes) from balsam.storage_growth grown where grown.project = known.project), 0)
                   as used
              from unnest(cast(:projects as text[])) as known(project)
              left join balsam.storage_use used on used.project = known.project
              left join balsam.storage_quota quota on quota.project = known.project
            """)
        .param("projects", projects.stream().map(ProjectId::value).toArray(String[]::new))
        .query(
            row -> {
              standings.put(new ProjectId(row.getString("project")), standing(row));
            });
    return standings;
  }

  private StorageStanding standing(ResultSet row) throws SQLException {
    return new StorageStanding(
        row.getLong("used"),
        quota(row.getObject("quota", Long.class)),
        moment(row.getTimestamp("at")));
  }

  private @Nullable Long quota(@Nullable Long own) {
    return own != null || standard == null ? own : Long.valueOf(standard.toBytes());
  }

  private static @Nullable Instant moment(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  /**
   * Sets a project's own quota.
   *
   * @param bytes null for what all projects have
   */
  public void set(ProjectId project, @Nullable Long bytes) {
    if (bytes == null) {
      database
          .sql("delete from balsam.storage_quota where project = :project")
          .param("project", project.value())
          .update();
    } else {
      database
          .sql(
              """
              insert into balsam.storage_quota (project, bytes) values (:project, :bytes)
              on conflict (project) do update set bytes = excluded.bytes
              """)
          .param("project", project.value())
          .param("bytes", bytes)
          .update();
    }
  }

  /**
   * A project whose last measurement began longer ago than {@code interval}, by the database's
   * clock, taken by the caller: nobody else gets it before it is due again.
   */
  Optional<Due> takeDue(Duration interval) {
    return database
        .sql(
            """
            insert into balsam.storage_use (project, begun_at)
            select project, clock_timestamp() from (
                select project from balsam.storage_growth union select project from balsam.storage_use
              ) known
              where not exists (
                select 1 from balsam.storage_use used
                where used.project = known.project and used.begun_at >= clock_timestamp() - make_interval(secs => :interval))
              order by project limit 1
            on conflict (project) do update set begun_at = excluded.begun_at
              where storage_use.begun_at < clock_timestamp() - make_interval(secs => :interval)
            returning project, begun_at
            """)
        .param("interval", (double) interval.toSeconds())
        .query(
            (row, number) ->
                new Due(
                    new ProjectId(row.getString("project")),
                    row.getTimestamp("begun_at").toInstant()))
        .optional();
  }

  /** A project to measure. */
  record Due(ProjectId project, Instant begunAt) {}

  /** Records what was measured; what was counted before it began is in it. */
  void measured(Due due, StorageUse use) {
    database
        .sql(
            """
            with counted as (
              delete from balsam.storage_growth where project = :project and at < :begun)
            update balsam.storage_use
               set bytes = :bytes, versions = :versions, measured_at = clock_timestamp()
             where project = :project
            """)
        .param("project", due.project().value())
        .param("begun", Timestamp.from(due.begunAt()))
        .param("bytes", use.bytes())
        .param("versions", use.versions())
        .update();
  }
}
