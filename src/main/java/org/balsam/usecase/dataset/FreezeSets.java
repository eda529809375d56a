package org.balsam.usecase.dataset;

import java.util.ArrayList;
import java.util.Map;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Freezes what a training wrote as versions of its datasets: the sets that it is judged on. */
@Component
public class FreezeSets {

  private final VersionRegister register;
  private final ObjectStore store;

  FreezeSets(VersionRegister register, ObjectStore store) {
    this.register = register;
    this.store = store;
  }

  /** Reference of the manifest of everything that the training wrote, by dataset. */
  public record Command(Manifest.Reference outputSet) {}

  /** Reference of the manifest with the frozen versions. */
  public record Result(Manifest.Reference setManifest) {}

  /**
   * Freezes it; the same bytes twice are one version.
   *
   * @throws Rejection DATA_CHANGED when the manifest was changed in storage
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var written = Manifest.read(store, command.outputSet);
    var frozen = new ArrayList<Manifest.Entry>();
    for (var name : written.entries().stream().map(Manifest.Entry::input).distinct().toList()) {
      var entries = written.of(name);
      var id = DatasetVersionId.parse(entries.get(0).datasetVersion());
      var unlabelled = FreezeInputs.labelled(name, id.dataset().value(), new Manifest(entries));
      var version = register.freeze(id.dataset(), id.period(), id.revision(), unlabelled, Map.of());
      frozen.addAll(FreezeInputs.labelled(name, version, new Manifest(entries)));
    }
    var key = command.outputSet.key().replaceFirst("[^/]+$", "sets.csv");
    return new Result(new Manifest(frozen).store(store, command.outputSet.bucket(), key));
  }
}
