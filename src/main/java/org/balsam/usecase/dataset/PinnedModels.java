package org.balsam.usecase.dataset;

import java.util.List;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.RoundId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.storage.Manifest;
import org.springframework.stereotype.Component;

/**
 * The files of promoted models that rounds use, pinned like data: by object version and checksum. A
 * version that is not the champion of its model is missing, so the inputs cannot be confirmed.
 */
@Component
class PinnedModels {

  private final ModelRegistry registry;
  private final AuditTrail audit;

  PinnedModels(ModelRegistry registry, AuditTrail audit) {
    this.registry = registry;
    this.audit = audit;
  }

  FreezeInputs.Frozen pin(RoundId round, String input, ModelVersionId version) {
    var model = registry.find(round.project(), version);
    if (model.filter(found -> found.alias() == Alias.CHAMPION).isEmpty()) {
      var refusal = input + ": " + refusal(round, version, model);
      return new FreezeInputs.Frozen(List.of(), List.of(refusal), refusal);
    }
    var entries =
        model.get().files().stream().map(file -> entry(input, model.get(), file)).toList();
    audit.record(
        AuditEntry.done("round.model.pinned", round.project().value(), round.value())
            .with("input", input)
            .with("model", version.value())
            .with("artefact", model.get().artefact().value()));
    return new FreezeInputs.Frozen(entries, List.of(), input + ": model " + version);
  }

  private String refusal(RoundId round, ModelVersionId version, Optional<RegisteredModel> model) {
    var is =
        model
            .map(found -> found.promoted() ? "is archived" : "was never promoted")
            .orElse("is not registered");
    var champion =
        registry
            .alias(round.project(), version.model(), Alias.CHAMPION)
            .map(found -> "the champion is " + found.id())
            .orElse("the model has no champion");
    return "the model " + version + " " + is + "; " + champion + ", name it in balsam.yaml";
  }

  private static Manifest.Entry entry(String input, RegisteredModel model, ModelFile file) {
    return new Manifest.Entry(
        input,
        model.id().value(),
        file.bucket(),
        file.key(),
        file.versionId(),
        file.size(),
        file.sha256(),
        -1,
        model.registeredAt());
  }
}
