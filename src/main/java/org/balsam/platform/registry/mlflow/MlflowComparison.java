package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Page;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.OutsideChange;
import org.balsam.platform.registry.mlflow.MirrorRows.Mirrored;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether MLflow shows of models what Balsam made it show, and shows decisions that MLflow
 * could not be told of. What somebody changed there is left as it is.
 */
final class MlflowComparison {

  private static final String NOTHING = "none";

  private final ModelRegistry decided;
  private final MlflowModels models;
  private final MlflowMirror mirror;
  private final MirrorRows rows;
  private final Clock clock;

  MlflowComparison(
      ModelRegistry decided,
      MlflowModels models,
      MlflowMirror mirror,
      MirrorRows rows,
      Clock clock) {
    this.decided = decided;
    this.models = models;
    this.mirror = mirror;
    this.rows = rows;
    this.clock = clock;
  }

  /** What differs in the models after the cursor; the next cursor names the last that was seen. */
  Page<OutsideChange> compare(int limit, @Nullable String cursor) {
    var found = rows.page(Page.limit(limit), cursor == null ? "" : cursor);
    var page = Page.of(found, limit, one -> one.project() + "/" + one.model());
    var changes = new ArrayList<OutsideChange>();
    page.items().forEach(one -> changes.addAll(changes(one)));
    return new Page<>(changes, page.next());
  }

  /** Another transaction may be about to show something else: its lock is waited for. */
  private List<OutsideChange> changes(Mirrored one) {
    rows.lock(one.project(), one.model());
    var differences = new ArrayList<String[]>();
    var model = models.find(one.project(), one.model());
    if (model.isEmpty()) {
      differences.add(new String[] {"model", "present", "removed"});
    } else {
      var shown = rows.shown(one.project(), one.model());
      var intended = rows.intended(one.project(), one.model());
      compare(one, model.get(), "champion", shown.champion(), intended.champion(), differences);
      compare(one, model.get(), "candidate", shown.candidate(), intended.candidate(), differences);
      compareArtefact(one, shown.champion(), differences);
    }
    if (differences.isEmpty()) {
      showWhatIsNew(one);
      return List.of();
    }
    var since = rows.changedSince(one.project(), one.model(), clock.instant());
    return differences.stream()
        .map(is -> new OutsideChange(one.project(), one.model(), is[0], is[1], is[2], since))
        .toList();
  }

  private void showWhatIsNew(Mirrored one) {
    var now = mirror.aliases(one.project(), one.model());
    if (!now.equals(rows.shown(one.project(), one.model()))) {
      mirror.show(one.project(), one.model(), List.of());
    }
  }

  private void compare(
      Mirrored one,
      JsonNode model,
      String alias,
      @Nullable ModelVersionId shown,
      @Nullable ModelVersionId intended,
      List<String[]> differences) {
    var number = MlflowModels.holder(model, alias);
    var found =
        number == null ? null : rows.version(one.project(), one.model(), number).orElse(null);
    var foreign = number != null && found == null;
    if (foreign || !(Objects.equals(found, shown) || Objects.equals(found, intended))) {
      differences.add(
          new String[] {
            alias,
            named(shown),
            foreign ? "version " + digits(number) + ", which is none of Balsam's" : named(found)
          });
    }
  }

  private void compareArtefact(
      Mirrored one, @Nullable ModelVersionId champion, List<String[]> differences) {
    if (champion == null) {
      return;
    }
    var wanted = decided.find(one.project(), champion).orElseThrow().artefact().value();
    var found =
        rows.number(one.project(), champion)
            .flatMap(number -> models.version(one.project(), one.model(), number))
            .map(version -> MlflowModels.tag(version, MlflowModels.ARTEFACT))
            .orElse("");
    if (!found.equals(wanted)) {
      differences.add(
          new String[] {"artefact", wanted, found.matches("[0-9a-f]{64}") ? found : NOTHING});
    }
  }

  private static String named(@Nullable ModelVersionId version) {
    return version == null ? NOTHING : version.value();
  }

  /** What a foreign server wrote, in a form that can be shown. */
  private static String digits(String number) {
    return number.matches("[0-9]{1,18}") ? number : "?";
  }
}
