package org.balsam.usecase.dataset;

import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectKeys;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a storage server's word that somebody delivered data past Balsam, looks for itself, and
 * tells the processes once, however often, late or out of order the word comes.
 */
@Component
public class ReportArrival {

  private final ObjectStore store;
  private final BucketNames buckets;
  private final Arrivals arrivals;
  private final DatasetProcess process;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ReportArrival(
      ObjectStore store,
      BucketNames buckets,
      Arrivals arrivals,
      DatasetProcess process,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.buckets = buckets;
    this.arrivals = arrivals;
    this.process = process;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The version that a server names; nothing of it is trusted. */
  public record Command(String bucket, String key, String versionId) {}

  /**
   * Does it.
   *
   * @return false when it is no delivery, or was told before
   */
  public boolean handle(Command command) {
    // no transaction waits while the bytes of a stranger's object are read for their checksum
    return delivery(command)
        .flatMap(
            delivery ->
                store
                    .find(delivery.bucket, command.key, command.versionId)
                    .map(object -> tell(delivery, object)))
        .orElse(false);
  }

  private record Delivery(BucketName bucket, DatasetId dataset, Period period) {}

  /** What the names say; empty when they are not of a delivery to this installation. */
  private Optional<Delivery> delivery(Command command) {
    try {
      var bucket = new BucketName(command.bucket);
      return Optional.of(ObjectKeys.check(command.key))
          .flatMap(Deliveries.Place::of)
          .filter(place -> place.layer().equals(Layer.RAW.value()))
          .filter(place -> bucket.equals(buckets.of(bucket.project(), "raw")))
          .map(
              place ->
                  new Delivery(
                      bucket,
                      new DatasetId(bucket.project(), Layer.RAW, place.name()),
                      place.period()));
    } catch (Invalid otherName) {
      return Optional.empty();
    }
  }

  private boolean tell(Delivery delivery, StoredObject object) {
    var told =
        transaction.execute(
            status -> {
              arrivals.takeTurn(object.bucket(), object.key());
              if (!arrivals.note(object.bucket(), object.key(), object.versionId())) {
                return false;
              }
              audit.record(
                  AuditEntry.done(
                          "dataset.arrived",
                          delivery.dataset.project().value(),
                          delivery.dataset.value())
                      .with("key", object.key())
                      .with("version", object.versionId())
                      .with("sha256", object.sha256().value()));
              process.dataArrived(delivery.dataset, delivery.period);
              return true;
            });
    return Boolean.TRUE.equals(told);
  }
}
