package org.balsam.usecase.round;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.balsam.audit.ApprovalTrail;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.EvidenceArchive;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the archive of a round's evidence: fixed order, fixed times, nothing but facts. */
@Component
class EvidenceBundle {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final RoundRows rows;
  private final StepBook book;
  private final RoundViews views;
  private final RoundDocuments documents;
  private final ProjectFiles files;
  private final ApprovalTrail trail;

  EvidenceBundle(
      RoundRows rows,
      StepBook book,
      RoundViews views,
      RoundDocuments documents,
      ProjectFiles files,
      ApprovalTrail trail) {
    this.rows = rows;
    this.book = book;
    this.views = views;
    this.documents = documents;
    this.files = files;
    this.trail = trail;
  }

  static String fileName(RoundId round) {
    return round + "-evidence.zip";
  }

  /**
   * Writes it.
   *
   * @param release the event of the release, which is in the tree
   */
  void write(RoundEntity round, String release, Path target) throws IOException {
    var run = rows.newestRun(round);
    var view = views.of(round);
    try (var zip = new EvidenceArchive(target)) {
      zip.add("README.txt", readme(round, run, release).getBytes(StandardCharsets.UTF_8));
      zip.add("round.json", JSON.writeValueAsBytes(view));
      add(zip, "approved.json", run.evidenceDocument);
      zip.add("checks.json", JSON.writeValueAsBytes(view.checks()));
      zip.add("balsam.yaml", files.bytes(round.roundId().project(), run.commitId));
      add(zip, "inputs.csv", run.inputSet);
      add(zip, "outputs.csv", run.outputSet);
      add(zip, "release.csv", round.releaseSet);
      for (var step : book.steps(run.id)) {
        var folder = "steps/" + step.job() + "/";
        add(zip, folder + "spec.json", step.spec());
        add(zip, folder + "result.json", step.result());
        add(zip, folder + "log.txt", step.log());
      }
      zip.add("audit.zip", audit -> trail.export(round.roundId().project(), audit));
    }
  }

  private void add(EvidenceArchive zip, String name, @Nullable String reference)
      throws IOException {
    var kept = Objects.requireNonNull(reference, () -> name + " of a released round is kept");
    zip.add(name, documents.read(Manifest.Reference.parse(kept)));
  }

  private static String readme(RoundEntity round, RunEntity run, String release) {
    return """
    Evidence of round %1$s

    round.json     the round: code, runs, steps, decisions with who, when and why
    approved.json  the facts that the approvals are bound to: commit, inputs, steps, outputs,
                   verdicts
    checks.json    the quality checks with the explanations and waivers of people
    balsam.yaml    the project's definition of inputs, steps and checks at commit %2$s
    inputs.csv     every object that was read: bucket, key, version, size, sha256
    outputs.csv    every object that was written
    release.csv    every object that was released
    steps/         per job: exact specification, result, log
    audit.zip      the audit trail of the project with proofs, checkpoints and public key

    How to verify, without Balsam's servers
    1. The sha256 of approved.json is the evidence that both approvals name:
           sha256sum approved.json
           %3$s
    2. The sha256 of inputs.csv is "inputs" in approved.json; the sha256 of each spec.json is
       "spec" of its job there.
    3. The objects in outputs.csv have the sha256 of "outputs" in approved.json, and those in
       release.csv are among them. Compare with the published files.
    4. The trail is whole and says who approved:
           java -jar balsam.jar audit verify audit.zip
       It must hold the event round.released of %1$s
       %6$s
       with this evidence, and the approvals
       %4$s and
       %5$s, completed by two different people.
    """
        .formatted(
            round.id, run.commitId, run.evidence, round.reviewEvent, round.releaseEvent, release);
  }
}
