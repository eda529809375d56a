package org.balsam.usecase.dataset;

import org.balsam.kernel.BucketName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which delivered versions the processes were told of. */
@Component
class Arrivals {

  private final JdbcClient jdbc;

  Arrivals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Has others who deliver this key, or were told of it, wait until the caller's transaction ends:
   * a server tells of a version before its writer can note it.
   */
  void takeTurn(BucketName bucket, String key) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 7269))")
        .param("arrival " + bucket + "/" + key)
        .query((row, number) -> number)
        .single();
  }

  /** Notes a version in the caller's transaction; false when it was noted before. */
  boolean note(BucketName bucket, String key, String version) {
    return jdbc.sql(
                "insert into balsam.arrival (bucket, object_key, version) values (?, ?, ?)"
                    + " on conflict do nothing")
            .params(bucket.value(), key, version)
            .update()
        == 1;
  }
}
