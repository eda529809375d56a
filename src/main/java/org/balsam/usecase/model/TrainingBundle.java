package org.balsam.usecase.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.balsam.audit.ApprovalTrail;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.step.EvidenceArchive;
import org.balsam.standard.step.StepBook;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Writes the archive of a promotion's evidence: nothing but facts, in a fixed order. */
@Component
class TrainingBundle {

  private final TrainingViews views;
  private final TrainedModels models;
  private final TrainingDocuments documents;
  private final TrainingRunRepository runs;
  private final StepBook book;
  private final ModelRegistry registry;
  private final ObjectStore store;
  private final ApprovalTrail trail;

  TrainingBundle(
      TrainingViews views,
      TrainedModels models,
      TrainingDocuments documents,
      TrainingRunRepository runs,
      StepBook book,
      ModelRegistry registry,
      ObjectStore store,
      ApprovalTrail trail) {
    this.views = views;
    this.models = models;
    this.documents = documents;
    this.runs = runs;
    this.book = book;
    this.registry = registry;
    this.store = store;
    this.trail = trail;
  }

  static String fileName(TrainingId training) {
    return training + "-evidence.zip";
  }

  /**
   * Writes it.
   *
   * @param promotion the event of the promotion, which is in the tree
   */
  void write(TrainingEntity training, String promotion, Path target) throws IOException {
    var version =
        registry
            .find(training.projectId(), training.candidateId())
            .orElseThrow(() -> new NotFound("there is no " + training.candidate));
    try (var zip = new EvidenceArchive(target)) {
      zip.add("README.txt", readme(training, version, promotion).getBytes(StandardCharsets.UTF_8));
      zip.add("training.json", TrainingJson.write(views.of(training)));
      zip.add("balsam.yaml", models.bytes(training));
      add(zip, "inputs.csv", training.inputSet);
      add(zip, "sets.csv", training.setManifest);
      add(zip, "outputs.csv", training.outputSet);
      add(zip, "evaluation.json", training.evaluation);
      registered(zip, version);
      steps(zip, training);
      zip.add("audit.zip", audit -> trail.export(training.projectId(), audit));
    }
  }

  /** Card, gate evidence, bins and verdicts are copied; the artefact is named by its checksum. */
  private void registered(EvidenceArchive zip, RegisteredModel version) throws IOException {
    zip.add("model/version.json", TrainingJson.write(version));
    zip.add("model/card.json", read(version.card().content()));
    for (var file : version.evidenceFiles()) {
      zip.add("model/" + file.name(), read(file.content()));
    }
  }

  private void steps(EvidenceArchive zip, TrainingEntity training) throws IOException {
    for (var run : runs.findByTrainingOrderByNumberDesc(training.id, Limit.of(50))) {
      for (var step : book.steps(run.id)) {
        var folder = "runs/%03d/%s/".formatted(run.number, step.job());
        add(zip, folder + "spec.json", step.spec());
        add(zip, folder + "result.json", step.result());
        add(zip, folder + "log.txt", step.log());
      }
    }
  }

  private void add(EvidenceArchive zip, String name, @Nullable String reference)
      throws IOException {
    if (reference != null) {
      zip.add(name, documents.read(reference));
    }
  }

  private byte[] read(VerifiedContent content) {
    return content.read(store, 64 << 20);
  }

  private static String readme(TrainingEntity training, RegisteredModel version, String promotion) {
    return """
    Evidence of the promotion of %1$s by training %2$s

    training.json   the training: pins, runs, steps, checks, waivers, decisions with who, when
                    and why
    balsam.yaml     the project's definition of the model at commit %3$s
    inputs.csv      every object that was read: bucket, key, version, size, sha256
    sets.csv        the frozen training, validation, test and latest sets
    outputs.csv     every object that the training wrote
    evaluation.json every figure on candidate and champion, computed from their predictions
    model/          the registered version: card, evidence of the gate, frozen bins, verdicts
    runs/           per job: exact specification, result with the sha256 of its outputs, log
    audit.zip       the audit trail of the project with proofs, checkpoints and public key

    How to verify, without Balsam's servers
    1. The artefact %4$s is the sha256 of one line
       "<sha256>  <file name>" for each file of the model, ordered by name.
    2. The evidence that both approvals name is %5$s: the same over the files of
       card and gate in model/.
    3. The trail is whole and says who approved:
           java -jar balsam.jar audit verify audit.zip
       It must hold the promotion, event
       %8$s (training.promoted of %2$s),
       with this artefact and this evidence, and the approvals
       %6$s and
       %7$s, completed by two different people, neither of whom asked for the training.
    """
        .formatted(
            version.id(),
            training.id,
            training.commitId,
            version.artefact(),
            Objects.requireNonNull(version.evidence()),
            training.reviewEvent,
            training.approvalEvent,
            promotion);
  }
}
