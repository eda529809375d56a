package org.balsam.kernel;

/**
 * Every reason for which Balsam says no, with the kind that decides how each layer shows it.
 *
 * <p>The constant's name is the BPMN error code and, in kebab case, the {@code code} of the problem
 * details that the REST API answers; both are stable.
 */
public enum ErrorCode {
  /** An identifier does not follow the grammar of {@code docs/identifiers.md}. */
  INVALID_IDENTIFIER(Kind.INVALID, 400),
  /** A request, form or file has a value that is malformed or out of range. */
  INVALID_INPUT(Kind.INVALID, 400),
  /** A {@code balsam.yaml}, or the pipeline that it names, does not conform to its format. */
  INVALID_PROJECT_FILE(Kind.INVALID, 400),
  /** A request body or upload is larger than allowed. */
  TOO_LARGE(Kind.INVALID, 413),
  /** The thing does not exist, or the caller may not know that it does. */
  NOT_FOUND(Kind.NOT_FOUND, 404),
  /** The caller's roles do not allow this. */
  FORBIDDEN(Kind.FORBIDDEN, 403),
  /** The same person did an earlier step that excludes them from this one. */
  SEPARATION_OF_DUTIES(Kind.FORBIDDEN, 403),
  /** Something with this identity exists and was made by somebody or something else. */
  ALREADY_EXISTS(Kind.REJECTION, 409),
  /** The aggregate is in a state in which this cannot be done. */
  WRONG_STATE(Kind.REJECTION, 409),
  /** The task is gone: completed, cancelled, or claimed by another person. */
  TASK_GONE(Kind.REJECTION, 409),
  /** The thing changed since the caller read it. */
  STALE(Kind.REJECTION, 412),
  /** A change was sent without saying which version it was made for. */
  PRECONDITION_REQUIRED(Kind.INVALID, 428),
  /** An idempotency key was sent again with another request. */
  IDEMPOTENCY_KEY_REUSED(Kind.REJECTION, 422),
  /** The decision lacks a reason that the rules demand. */
  REASON_REQUIRED(Kind.REJECTION, 422),
  /** The inputs that the round declares are not there yet. */
  INPUTS_MISSING(Kind.REJECTION, 422),
  /** Bytes in storage do not have the recorded checksum. */
  DATA_CHANGED(Kind.REJECTION, 422),
  /** The evidence that an approval was bound to is no longer the same. */
  EVIDENCE_CHANGED(Kind.REJECTION, 409),
  /** The bytes of a model's version are no longer those that were registered. */
  ARTEFACT_CHANGED(Kind.REJECTION, 409),
  /** Another version of the model is champion than the one that a decision was made against. */
  CHAMPION_CHANGED(Kind.REJECTION, 409),
  /** A step of a round ended without success. */
  STEP_FAILED(Kind.REJECTION, 422),
  /** A step ran past its time limit. */
  STEP_TIMED_OUT(Kind.REJECTION, 422),
  /** A declared output was not written. */
  OUTPUT_MISSING(Kind.REJECTION, 422),
  /** What a transfer into production demands is not there yet. */
  DELIVERABLES_MISSING(Kind.REJECTION, 422),
  /** A resource limit (memory, disk, quota) stands against the request. */
  LIMIT_EXCEEDED(Kind.REJECTION, 422),
  /** The object is under retention or legal hold. */
  OBJECT_LOCKED(Kind.REJECTION, 409),
  /** The branch or tag is protected from this change. */
  REF_PROTECTED(Kind.REJECTION, 409),
  /** The audit trail has not sealed what this effect must wait for. */
  NOT_SEALED(Kind.EXTERNAL, 503),
  /** The server that knows people and roles does not answer; the same may succeed later. */
  DIRECTORY_UNAVAILABLE(Kind.EXTERNAL, 503),
  /** More is asked of this node at once than it serves; the same may succeed later. */
  BUSY(Kind.EXTERNAL, 503),
  /** A system that Balsam calls did not do what it was asked. */
  EXTERNAL_SYSTEM(Kind.EXTERNAL, 502),
  /** A fault of Balsam's own. */
  INTERNAL(Kind.BUG, 500);

  /** How a layer treats an error. */
  public enum Kind {
    /** The business says no: a BPMN error in a process, 409, 412 or 422 over REST. */
    REJECTION,
    /** The caller's fault: 400. */
    INVALID,
    /** The caller's fault: 404. */
    NOT_FOUND,
    /** The caller's fault: 403, audited. */
    FORBIDDEN,
    /** Outside trouble: retried by the engine, 502 or 503 over REST. */
    EXTERNAL,
    /** Our fault: an incident, 500 without detail. */
    BUG
  }

  private final Kind kind;
  private final int httpStatus;

  ErrorCode(Kind kind, int httpStatus) {
    this.kind = kind;
    this.httpStatus = httpStatus;
  }

  /** The kind that decides how each layer treats this error. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status that the REST API answers with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The stable code in problem details: the constant in kebab case. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
