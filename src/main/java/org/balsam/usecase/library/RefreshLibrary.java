package org.balsam.usecase.library;

import java.util.Locale;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.platform.library.LibraryProperties;
import org.balsam.platform.library.LibraryProperties.Source;
import org.balsam.platform.library.LibraryServers;
import org.balsam.platform.library.Snapshot;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the server of a library for its commit, and pins the library at it: all its items are
 * replaced at once, or none. Repeating it changes nothing. What cannot be fetched or is too much is
 * said beside the items of the commit before, which stay.
 */
@Component
public class RefreshLibrary {

  private final LibrarySources sources;
  private final LibraryProperties properties;
  private final LibraryServers servers;
  private final LibraryRows libraries;
  private final ItemRows items;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  RefreshLibrary(
      LibrarySources sources,
      LibraryProperties properties,
      LibraryServers servers,
      LibraryRows libraries,
      ItemRows items,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.sources = sources;
    this.properties = properties;
    this.servers = servers;
    this.libraries = libraries;
    this.items = items;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Which library; one that is configured. */
  public record Command(String library) {}

  /** Whether it is at another commit now. */
  public record Result(boolean changed) {}

  /** Does it; blocks within the time limit of libraries, outside a transaction. */
  public Result handle(Command command) {
    var id = command.library();
    var source = sources.all().get(id);
    var before = libraries.state(id);
    try {
      var known = before.map(LibraryRows.State::commit).orElse(null);
      var snapshot = servers.fetch(source, known);
      if (snapshot.isEmpty()) {
        libraries.confirm(id, properties.refresh());
        return new Result(false);
      }
      return new Result(pin(id, source, snapshot.get()));
    } catch (ExternalFailure | Rejection trouble) {
      fail(id, before, String.valueOf(trouble.getMessage()));
      return new Result(false);
    }
  }

  private boolean pin(String id, Source source, Snapshot snapshot) {
    var language = ItemLanguage.valueOf(source.language().toUpperCase(Locale.ROOT));
    var found = LibraryItem.of(snapshot, language);
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              var origin = LibrarySources.origin(source);
              if (!libraries.pin(id, origin, snapshot, properties.refresh())) {
                return false;
              }
              items.replace(id, found);
              trail.record(
                  AuditEntry.done("library.pinned", null, id)
                      .with("commit", snapshot.commit())
                      .with("files", (long) snapshot.files().size())
                      .with("leftOut", (long) snapshot.leftOutCount()));
              return true;
            }));
  }

  /** A failure that lasts is recorded once. */
  private void fail(String id, Optional<LibraryRows.State> before, String failure) {
    libraries.fail(id, failure, properties.refresh());
    if (before.map(LibraryRows.State::failure).filter(failure::equals).isEmpty()) {
      trail.recordSeparately(
          AuditEntry.done("library.refreshed", null, id)
              .outcome(AuditEntry.Outcome.FAILED)
              .with("failure", failure));
    }
  }
}
