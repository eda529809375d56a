package org.balsam.platform.storage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.NotFound;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Measures from time to time what the buckets of each project hold. One node measures a project at
 * a time; one that is killed meanwhile leaves it to the next time.
 */
final class StorageMeter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StorageMeter.class);
  private static final List<String> KINDS = List.of("raw", "work", "out", "rel", "mdl", "prov");
  private static final Duration LOOK = Duration.ofMinutes(5);

  private final StorageQuotas quotas;
  private final ObjectStore store;
  private final BucketNames names;
  private final Duration interval;
  private @Nullable ScheduledExecutorService executor;

  StorageMeter(StorageQuotas quotas, ObjectStore store, BucketNames names, Duration interval) {
    this.quotas = quotas;
    this.store = store;
    this.names = names;
    this.interval = interval;
  }

  @Override
  public synchronized void start() {
    var started = Executors.newSingleThreadScheduledExecutor(StorageMeter::thread);
    started.scheduleWithFixedDelay(
        this::tick, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
    executor = started;
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "storage-meter");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void stop() {
    var stopping = executor;
    executor = null;
    if (stopping != null) {
      stopping.shutdownNow();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }

  /** Never throws: the executor would end the loop. */
  private void tick() {
    try {
      runOnce();
    } catch (BalsamException trouble) {
      LOG.warn("Storage could not be measured; trying again: {}", trouble.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("Storage could not be measured; trying again", e);
    }
  }

  /** Measures each project that is due. */
  void runOnce() {
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
