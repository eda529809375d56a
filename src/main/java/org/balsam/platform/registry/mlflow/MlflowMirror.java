package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes MLflow show what was decided about a model, in the caller's transaction where there is one.
 * What it is about to show is committed before it is asked, so that a node which is killed in the
 * middle leaves no change that looks like somebody else's. Repeating it completes what was begun.
 */
final class MlflowMirror {

  private static final int PAGE = 200;

  private final ModelRegistry decided;
  private final MlflowModels models;
  private final MlflowRuns runs;
  private final MirrorRows rows;
  private final TransactionTemplate together;
  private final TransactionTemplate separately;

  MlflowMirror(
      ModelRegistry decided,
      MlflowModels models,
      MlflowRuns runs,
      MirrorRows rows,
      PlatformTransactionManager transactions) {
    this.decided = decided;
    this.models = models;
    this.runs = runs;
    this.rows = rows;
    this.together = new TransactionTemplate(transactions);
    this.separately = new TransactionTemplate(transactions);
    separately.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Shows the aliases of a model, and these versions of it.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when a model of that name is not Balsam's;
   *     the caller's transaction stays usable
   */
  void show(ProjectId project, ModelName model, List<RegisteredModel> versions) {
    show(together, project, model, versions);
  }

  /** The same in a transaction of its own, for when the caller's is over. */
  void showSeparately(ProjectId project, ModelName model, List<RegisteredModel> versions) {
    show(separately, project, model, versions);
  }

  /** What is decided at this moment. */
  ShownAliases aliases(ProjectId project, ModelName model) {
    return new ShownAliases(
        holder(project, model, Alias.CHAMPION), holder(project, model, Alias.CANDIDATE));
  }

  private void show(
      TransactionTemplate transaction,
      ProjectId project,
      ModelName model,
      List<RegisteredModel> versions) {
    var intended = aliases(project, model);
    separately.executeWithoutResult(own -> rows.intend(project, model, intended));
    var refusal =
        transaction.execute(
            status -> {
              rows.lock(project, model);
              var aliases = aliases(project, model);
              var ensured = models.ensure(project, model);
              if (ensured.refusal() == null) {
                var wanted = ensured.made() ? all(project, model) : versions;
                touched(project, model, aliases, wanted).values().forEach(this::show);
                point(project, model, ensured.model(), "champion", aliases.champion());
                point(project, model, ensured.model(), "candidate", aliases.candidate());
                rows.show(project, model, aliases);
              }
              return Optional.ofNullable(ensured.refusal());
            });
    if (refusal != null && refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** Shows every version of a model anew. */
  void showAll(ProjectId project, ModelName model) {
    show(project, model, all(project, model));
  }

  private List<RegisteredModel> all(ProjectId project, ModelName model) {
    var all = new ArrayList<RegisteredModel>();
    String cursor = null;
    do {
      var page = decided.versions(project, model, PAGE, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private @Nullable ModelVersionId holder(ProjectId project, ModelName model, Alias alias) {
    return decided.alias(project, model, alias).map(RegisteredModel::id).orElse(null);
  }

  /** The versions, and those that get or lose an alias, each as it is now. */
  private Map<ModelVersionId, RegisteredModel> touched(
      ProjectId project, ModelName model, ShownAliases aliases, List<RegisteredModel> versions) {
    var touched = new LinkedHashMap<ModelVersionId, RegisteredModel>();
    versions.forEach(version -> touched.put(version.id(), version));
    var before = rows.shown(project, model);
    var changed = new ArrayList<@Nullable ModelVersionId>();
    if (!Objects.equals(before.champion(), aliases.champion())) {
      changed.addAll(Arrays.asList(before.champion(), aliases.champion()));
    }
    if (!Objects.equals(before.candidate(), aliases.candidate())) {
      changed.addAll(Arrays.asList(before.candidate(), aliases.candidate()));
    }
    for (var id : changed) {
      if (id != null) {
        decided.find(project, id).ifPresent(version -> touched.put(id, version));
      }
    }
    return touched;
  }

  private void show(RegisteredModel version) {
    var run = runs.ensure(version);
    var shown = models.ensureVersion(version, run);
    rows.number(version.project(), version.id(), shown.path("version").asText());
    models.describe(version, shown);
    runs.showFigures(version, run);
  }

  private void point(
      ProjectId project,
      ModelName model,
      JsonNode shown,
      String alias,
      @Nullable ModelVersionId version) {
    var number = version == null ? null : rows.number(project, version).orElseThrow();
    if (!Objects.equals(number, MlflowModels.holder(shown, alias))) {
      models.alias(project, model, alias, number);
    }
  }
}
