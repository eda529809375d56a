package org.balsam.process.model;

import org.balsam.kernel.TrainingId;
import org.balsam.process.engine.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The variables of {@code ml-training.bpmn}: references and decisions only. Which training it is
 * says the business key, which no person can write.
 */
final class MlTrainingVariables {

  /** The project of a training that a message starts; makes the engine give it to that tenant. */
  static final ProcessVariable<String> PROJECT = ProcessVariable.text("project");

  /** The pinned code, 40 hexadecimal digits. */
  static final ProcessVariable<String> COMMIT = ProcessVariable.text("commit");

  /** Reference of the frozen input manifest; null before the inputs are frozen. */
  static final ProcessVariable<String> INPUT_SET = ProcessVariable.text("inputSet");

  /** Who approves the resources: {@code none}, {@code owner}, {@code steward}, {@code refuse}. */
  static final ProcessVariable<String> RESOURCE_APPROVAL = ProcessVariable.text("resourceApproval");

  /** For people: what is asked for, and why it needs approval. */
  static final ProcessVariable<String> RESOURCE_REQUEST = ProcessVariable.text("resourceRequest");

  static final ProcessVariable<String> RESOURCE_DECISION = ProcessVariable.text("resourceDecision");
  static final ProcessVariable<String> RESOURCE_REASON = ProcessVariable.text("resourceReason");

  /** The run of which stages are run next; counts from 1. */
  static final ProcessVariable<Long> RUN = new ProcessVariable<>("run", Long.class);

  static final ProcessVariable<Long> STAGE_COUNT = new ProcessVariable<>("stageCount", Long.class);

  /** For people: why a step failed, or why a candidate was refused. */
  static final ProcessVariable<String> FAILURE = ProcessVariable.text("failure");

  static final ProcessVariable<String> FAILURE_DECISION = ProcessVariable.text("failureDecision");
  static final ProcessVariable<String> FAILURE_REASON = ProcessVariable.text("failureReason");

  /** What a person writes to train with other parameters, {@code name=value} by commas. */
  static final ProcessVariable<String> CHANGED_PARAMETERS =
      ProcessVariable.text("changedParameters");

  /** Reference of the manifest of everything that the training wrote. */
  static final ProcessVariable<String> OUTPUT_SET = ProcessVariable.text("outputSet");

  /** The sha256 of the model's files, in hexadecimal. */
  static final ProcessVariable<String> ARTEFACT = ProcessVariable.text("artefact");

  /** Whether the training only makes another one again. */
  static final ProcessVariable<Boolean> REPRODUCTION =
      new ProcessVariable<>("reproduction", Boolean.class);

  /** Reference of the manifest of the frozen sets. */
  static final ProcessVariable<String> SET_MANIFEST = ProcessVariable.text("setManifest");

  /** The registered version, {@code damage@1.2.0}. */
  static final ProcessVariable<String> CANDIDATE = ProcessVariable.text("candidate");

  /** Whether the training has to be made again before it is judged. */
  static final ProcessVariable<Boolean> REPRODUCTION_ASKED =
      new ProcessVariable<>("reproductionAsked", Boolean.class);

  /** Whether making it again gave the same bytes. */
  static final ProcessVariable<Boolean> SAME_ARTEFACT =
      new ProcessVariable<>("sameArtefact", Boolean.class);

  /** {@code pass}, {@code review} or {@code block}. */
  static final ProcessVariable<String> VERDICT = ProcessVariable.text("verdict");

  /** For people: candidate beside champion, and every check with its verdict. */
  static final ProcessVariable<String> GATE_SUMMARY = ProcessVariable.text("gateSummary");

  /** For people: what the candidate was made from. */
  static final ProcessVariable<String> LINEAGE = ProcessVariable.text("lineage");

  /** For people: the model card. */
  static final ProcessVariable<String> MODEL_CARD = ProcessVariable.text("modelCard");

  /** The sha256 that approvals are bound to, in hexadecimal. */
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");

  static final ProcessVariable<String> REFUSAL_DECISION = ProcessVariable.text("refusalDecision");
  static final ProcessVariable<String> REFUSAL_REASON = ProcessVariable.text("refusalReason");
  static final ProcessVariable<String> REVIEW_DECISION = ProcessVariable.text("reviewDecision");
  static final ProcessVariable<String> REVIEW_REASON = ProcessVariable.text("reviewReason");
  static final ProcessVariable<String> PRODUCTION_DECISION =
      ProcessVariable.text("productionDecision");
  static final ProcessVariable<String> PRODUCTION_REASON = ProcessVariable.text("productionReason");

  /** The training that takes the place of this one. */
  static final ProcessVariable<String> SUCCESSOR = ProcessVariable.text("successor");

  static final ProcessVariable<String> CANCEL_REASON = ProcessVariable.text("cancelReason");

  private MlTrainingVariables() {}

  /** The training that the execution belongs to. */
  static TrainingId training(DelegateExecution execution) {
    return TrainingId.parse(execution.getProcessBusinessKey());
  }
}
