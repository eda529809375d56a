package org.balsam.usecase.library;

import java.time.Duration;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BackgroundLoop;
import org.balsam.platform.library.LibraryProperties;
import org.springframework.stereotype.Component;

/** Refreshes libraries as long as the node runs; of several nodes, one asks each server. */
@Component
class LibraryLoop extends BackgroundLoop {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final LibrarySources sources;
  private final LibraryProperties properties;
  private final LibraryRows libraries;
  private final RefreshLibrary refresh;
  private final AuditTrail trail;
  private boolean isSettled;

  LibraryLoop(
      LibrarySources sources,
      LibraryProperties properties,
      LibraryRows libraries,
      RefreshLibrary refresh,
      AuditTrail trail) {
    super("libraries", "A knowledge library could not be refreshed", Duration.ZERO, PAUSE);
    this.sources = sources;
    this.properties = properties;
    this.libraries = libraries;
    this.refresh = refresh;
    this.trail = trail;
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

  @Override
  protected void round() {
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
  }
}
