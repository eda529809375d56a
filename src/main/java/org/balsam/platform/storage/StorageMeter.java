package org.balsam.platform.storage;

import java.time.Duration;
import java.util.List;
import org.balsam.kernel.BackgroundLoop;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.NotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures from time to time what the buckets of each project hold. One node measures a project at
 * a time; one that is killed meanwhile leaves it to the next time.
 */
final class StorageMeter extends BackgroundLoop {

  private static final Logger LOG = LoggerFactory.getLogger(StorageMeter.class);
  private static final List<String> KINDS = List.of("raw", "work", "out", "rel", "mdl", "prov");
  private static final Duration LOOK = Duration.ofMinutes(5);

  private final StorageQuotas quotas;
  private final ObjectStore store;
  private final BucketNames names;
  private final Duration interval;

  StorageMeter(StorageQuotas quotas, ObjectStore store, BucketNames names, Duration interval) {
    super("storage-meter", "Storage could not be measured", LOOK, LOOK);
    this.quotas = quotas;
    this.store = store;
    this.names = names;
    this.interval = interval;
  }

  /** Measures each project that is due. */
  @Override
  protected void round() {
    for (var next = quotas.takeDue(interval); next.isPresent(); next = quotas.takeDue(interval)) {
      var project = next.get().project();
      var use =
          KINDS.stream()
              .map(kind -> names.of(project, kind))
              .map(this::measure)
              .reduce(StorageUse.NONE, StorageUse::and);
      quotas.measured(next.get(), use);
    }
  }

  private StorageUse measure(BucketName bucket) {
    try {
      return store.measure(
          bucket,
          soFar ->
              LOG.info(
                  "measuring {}: {} versions, {} bytes so far",
                  bucket,
                  soFar.versions(),
                  soFar.bytes()));
    } catch (NotFound noSuchBucket) {
      return StorageUse.NONE;
    }
  }
}
