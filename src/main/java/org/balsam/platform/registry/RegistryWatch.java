package org.balsam.platform.registry;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BackgroundLoop;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.registry.mlflow.MlflowModelRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares from time to time what the outer registry shows with what was decided. A change that
 * somebody made there is recorded, told as an alarm, and put back after that has committed; it is
 * never followed. One node at a time does it; a round looks at 2,000 models at most, and the next
 * one goes on where it ended.
 */
final class RegistryWatch extends BackgroundLoop {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
  private static final int PAGE = 20;
  private static final int PAGES = 100;

  private final Optional<MlflowModelRegistry> registry;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final JdbcClient database;
  private final TransactionTemplate leading;
  private final TransactionTemplate separately;
  private @Nullable String cursor;

  /** Does nothing without an outer registry. */
  RegistryWatch(
      Optional<MlflowModelRegistry> registry,
      Messenger messenger,
      AuditTrail trail,
      JdbcClient database,
      PlatformTransactionManager transactions,
      Duration interval) {
    super("registry watch", "Models could not be compared", interval, interval);
    this.registry = registry;
    this.messenger = messenger;
    this.trail = trail;
    this.database = database;
    this.leading = new TransactionTemplate(transactions);
    this.separately = new TransactionTemplate(transactions);
    separately.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  private record Model(ProjectId project, ModelName model) {}

  @Override
  public boolean isAutoStartup() {
    return registry.isPresent();
  }

  /** Compares all models once, or as many as fit into a round. */
  @Override
  protected void round() {
    for (var pages = 0; pages < PAGES; pages++) {
      var page = leading.execute(status -> isLeader() ? lookAndPutBack() : null);
      if (page == null) {
        return;
      }
      cursor = page.next();
      if (cursor == null) {
        return;
      }
    }
  }

  private MlflowModelRegistry outer() {
    return registry.orElseThrow();
  }

  private boolean isLeader() {
    return database
        .sql("select pg_try_advisory_xact_lock(hashtextextended('balsam registry watch', 72))")
        .query(Boolean.class)
        .single();
  }

  /** The alarm has committed before anything is put back. */
  private @Nullable Page<OutsideChange> lookAndPutBack() {
    var page = separately.execute(status -> comparePage());
    if (page != null) {
      putBack(page.items());
    }
    return page;
  }

  private Page<OutsideChange> comparePage() {
    var page = outer().compare(PAGE, cursor);
    page.items().forEach(this::alarm);
    return page;
  }

  private void alarm(OutsideChange change) {
    var subject = change.project() + "/" + change.model();
    trail.record(
        AuditEntry.done("model.changed.outside", change.project().value(), subject)
            .with("what", change.what())
            .with("decided", change.decided())
            .with("found", change.found()));
    messenger.send(
        new Notice(
            subject + "/outside/" + change.what() + "/" + change.since(),
            Kind.ALARM,
            change.project(),
            List.of(
                Role.OWNER.group(change.project()),
                Role.PRODUCTION.group(change.project()),
                Role.QUALITY.group(change.project()),
                Actor.PLATFORM_ADMINISTRATORS),
            "Model " + change.model() + " was changed in MLflow, not by Balsam",
            "MLflow showed as %s of %s: %s. Decided is: %s. Balsam goes on with what was decided and puts it back there. Find out who changed it."
                .formatted(change.what(), change.model(), change.found(), change.decided()),
            "/api/v1/projects/" + change.project() + "/models/" + change.model()));
  }

  private void putBack(List<OutsideChange> changes) {
    var models = new HashSet<Model>();
    changes.forEach(change -> models.add(new Model(change.project(), change.model())));
    for (var one : models) {
      outer().restore(one.project(), one.model());
      trail.record(
          AuditEntry.done(
              "model.shown.again", one.project().value(), one.project() + "/" + one.model()));
    }
  }
}
