package org.balsam.usecase.model;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Texts;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.standard.promotion.ModelCard;
import org.balsam.standard.promotion.PromotionChecks;
import org.balsam.standard.promotion.PromotionEvidence;
import org.balsam.standard.promotion.PromotionTable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the nine checks on a candidate and fixes the evidence that approvals are bound to. */
@Component
public class CheckPromotion {

  private static final int LONGEST = 4000;

  private final TrainingRows rows;
  private final TrainedModels models;
  private final GateEvidence facts;
  private final CandidateCard card;
  private final TrainingCheckRepository checks;
  private final PromotionTable table;
  private final ModelRegistry registry;
  private final AuditTrail trail;
  private final Clock clock;

  CheckPromotion(
      TrainingRows rows,
      TrainedModels models,
      GateEvidence facts,
      CandidateCard card,
      TrainingCheckRepository checks,
      PromotionTable table,
      ModelRegistry registry,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.models = models;
    this.facts = facts;
    this.card = card;
    this.checks = checks;
    this.table = table;
    this.registry = registry;
    this.trail = trail;
    this.clock = clock;
  }

  /** Whose candidate to check. */
  public record Command(TrainingId training) {}

  /**
   * What was found.
   *
   * @param verdict {@code pass}, {@code review} or {@code block}
   * @param gateSummary the nine checks beside the champion's figures, for people
   * @param lineage what the candidate was made from, for people
   * @param card the beginning of the model card as Markdown, with a link to the whole of it; at
   *     most 4000 characters
   * @param evidence sha256 of card, evaluation, pins and verdicts, which approvals are bound to
   */
  public record Result(
      String verdict, String gateSummary, String lineage, String card, String evidence) {}

  /**
   * Checks it; approvals of before no longer count.
   *
   * @throws Rejection ARTEFACT_CHANGED or EVIDENCE_CHANGED when the registered bytes were changed
   *     in storage
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var candidate = training.candidateId();
    registry.verify(training.projectId(), candidate);
    var page = card.of(training, candidate.value());
    var evidence = facts.of(training, page);
    var judged = judge(training, evidence);
    var kept =
        registry.attachEvidence(
            training.projectId(), candidate, files(training, page, evidence, judged));
    training.evidence = String.valueOf(kept.evidence());
    training.verdict = GateSummary.verdict(judged).value();
    training.summary = GateSummary.of(judged, evidence);
    training.checkedAt = clock.instant();
    training.voidApprovals(training.checkedAt);
    record(training, judged);
    return new Result(
        training.verdict,
        training.summary,
        GateSummary.lineage(training, evidence.pins(), kept.artefact()),
        shown(training, candidate, page),
        training.evidence);
  }

  /** The card as far as a form can show it, and where the whole of it is. */
  private static String shown(TrainingEntity training, ModelVersionId candidate, ModelCard page) {
    var link =
        "\n\n[The whole model card](/api/v1/projects/%s/models/%s/versions/%s/card)"
            .formatted(training.project, candidate.model(), candidate.label());
    return Texts.atMost(LONGEST - link.length(), page.markdown()) + link;
  }

  private List<TrainingCheckEntity> judge(TrainingEntity training, PromotionEvidence evidence) {
    var type = models.file(training).product().type();
    var gate =
        1 + checks.findFirstByTrainingOrderByGateDesc(training.id).map(last -> last.gate).orElse(0);
    var judged = new ArrayList<TrainingCheckEntity>();
    for (var check : PromotionChecks.evaluate(evidence)) {
      judged.add(new TrainingCheckEntity(training.id, gate, check, table.judge(check, type)));
    }
    checks.saveAll(judged);
    return judged;
  }

  private List<ModelSource> files(
      TrainingEntity training,
      ModelCard page,
      PromotionEvidence evidence,
      List<TrainingCheckEntity> judged) {
    return List.of(
        ModelSource.of(ModelFile.CARD, page.json()),
        ModelSource.of("gate-evidence.json", TrainingJson.write(evidence)),
        ModelSource.of("bins.json", TrainingJson.write(card.evaluation(training).bins())),
        ModelSource.of("gate.json", TrainingJson.write(verdicts(judged))));
  }

  private static List<Map<String, String>> verdicts(List<TrainingCheckEntity> judged) {
    return judged.stream()
        .map(
            check ->
                Map.of(
                    "check",
                    check.name,
                    "finding",
                    check.finding.value(),
                    "verdict",
                    check.verdict.value(),
                    "message",
                    check.message))
        .toList();
  }

  private void record(TrainingEntity training, List<TrainingCheckEntity> judged) {
    trail.record(
        AuditEntry.done("training.gate.checked", training.project, training.id)
            .with("candidate", String.valueOf(training.candidate))
            .with("champion", String.valueOf(training.champion))
            .with("artefact", String.valueOf(training.artefact))
            .with("evidence", String.valueOf(training.evidence))
            .with("verdict", String.valueOf(training.verdict))
            .with("checks", verdicts(judged)));
  }
}
