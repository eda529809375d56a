package org.balsam.usecase.library;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.library.LibraryProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Refreshes libraries as long as the node runs; of several nodes, one asks each server. */
@Component
class LibraryLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryLoop.class);
  private static final long SECONDS_BETWEEN = 5;

  private final LibrarySources sources;
  private final LibraryProperties properties;
  private final LibraryRows libraries;
  private final RefreshLibrary refresh;
  private final AuditTrail trail;
  private @Nullable ScheduledExecutorService executor;
  private boolean isSettled;

  LibraryLoop(
      LibrarySources sources,
      LibraryProperties properties,
      LibraryRows libraries,
      RefreshLibrary refresh,
      AuditTrail trail) {
    this.sources = sources;
    this.properties = properties;
    this.libraries = libraries;
    this.refresh = refresh;
    this.trail = trail;
  }

  @Override
  public synchronized void start() {
    var started = Executors.newSingleThreadScheduledExecutor(LibraryLoop::thread);
    started.scheduleWithFixedDelay(this::round, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    executor = started;
  }

  @Override
  public synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }

  /** Makes the table that of the settings, once. */
  private void settle() {
    if (!isSettled) {
      sources.all().forEach((id, source) -> libraries.ensure(id, LibrarySources.origin(source)));
      libraries
          .keepOnly(sources.all().keySet())
          .forEach(gone -> trail.record(AuditEntry.done("library.removed", null, gone)));
      isSettled = true;
    }
  }

  /** Never throws: the executor would end the loop. */
  private void round() {
    try {
      settle();
      if (sources.all().isEmpty()) {
        return;
      }
      var lease = properties.timeLimit().multipliedBy(3).plusMinutes(1);
      var ids = sources.all().keySet();
      for (var due = libraries.takeDue(ids, lease);
          due.isPresent() && !Thread.currentThread().isInterrupted();
          due = libraries.takeDue(ids, lease)) {
        refresh.handle(new RefreshLibrary.Command(due.get()));
      }
    } catch (RuntimeException trouble) {
      LOG.warn("A knowledge library could not be refreshed; trying again", trouble);
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "libraries");
    thread.setDaemon(true);
    return thread;
  }
}
