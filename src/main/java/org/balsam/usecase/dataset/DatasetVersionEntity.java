package org.balsam.usecase.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.platform.storage.Manifest;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** A row of {@code dataset_version}; written once. */
@Entity
@Immutable
@Table(name = "dataset_version")
class DatasetVersionEntity implements Persistable<String> {

  @Id private String id;
  private String project;
  private String dataset;
  private String period;
  private LocalDate periodStart;
  private int revision;
  private int build;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  private String manifest;

  @Column(name = "manifest_sha256")
  @JdbcTypeCode(SqlTypes.CHAR)
  private String manifestSha256;

  private int objects;
  private long bytes;
  private long rowCount;
  private Instant createdAt;
  private String createdBy;

  @SuppressWarnings("NullAway.Init")
  protected DatasetVersionEntity() {}

  DatasetVersionEntity(
      DatasetVersionId id,
      Manifest content,
      Manifest.Reference manifest,
      Instant createdAt,
      String createdBy) {
    this.id = id.value();
    this.project = id.dataset().project().value();
    this.dataset = id.dataset().value();
    this.period = id.period().value();
    this.periodStart = id.period().start();
    this.revision = id.revision();
    this.build = id.build();
    this.manifest = manifest.toString();
    this.manifestSha256 = manifest.sha256().value();
    this.objects = content.entries().size();
    this.bytes = content.bytes();
    this.rowCount = content.rows();
    this.createdAt = createdAt;
    this.createdBy = createdBy;
  }

  DatasetVersion view() {
    return new DatasetVersion(
        DatasetVersionId.parse(id),
        Manifest.Reference.parse(manifest),
        objects,
        bytes,
        rowCount,
        createdAt,
        createdBy);
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public boolean isNew() {
    return true;
  }
}
