package org.balsam.usecase.step;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.storage.StoredObject;
import org.balsam.standard.step.StepOutput;
import org.jspecify.annotations.Nullable;

/** One file that a step published, verified when it was collected. */
@Entity
@Table(name = "step_output")
class OutputEntity {

  @Id String id;
  @Version @Nullable Long version;
  String run;
  String job;
  String dataset;
  String bucket;
  String objectKey;
  String versionId;
  long size;
  String sha256;
  long rowCount;
  Instant lastModified;

  @SuppressWarnings("NullAway")
  protected OutputEntity() {}

  OutputEntity(StepEntity step, JobStatus.Published published, StoredObject object) {
    this.id = step.job + "/" + published.path();
    this.run = step.run;
    this.job = step.job;
    this.dataset = published.dataset();
    this.bucket = published.bucket().value();
    this.objectKey = published.key();
    this.versionId = published.versionId();
    this.size = published.size();
    this.sha256 = published.sha256().value();
    this.rowCount = published.rows();
    this.lastModified = object.lastModified();
  }

  StepOutput view() {
    return new StepOutput(
        run,
        new JobId(job),
        dataset,
        new BucketName(bucket),
        objectKey,
        versionId,
        size,
        new Sha256(sha256),
        rowCount,
        lastModified);
  }
}
