package org.balsam.usecase.incident;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The open incidents of the engine, each where it arose: those that an incident of a called process
 * is for its caller are left out. Whoever calls has checked that the reader may.
 */
public interface IncidentLedger {

  /** The newest first, at most {@code most}, and how many there are in all. */
  Found newest(int most);

  /**
   * Gives the failed job of an incident one more attempt, which ends the incident; the engine makes
   * it soon after. Repeating it is harmless.
   *
   * @param actor an administrator of the platform; the engine records who it was
   */
  Retried retry(String incident, Actor actor);

  /** What became of a wish to try again. */
  enum Retried {
    /** The engine tries once more. */
    QUEUED,
    /** There is no such incident, or no more: somebody else has dealt with it. */
    GONE,
    /** It is not about a failed job: the model has to deal with it. */
    NOT_A_JOB
  }

  /**
   * @param total all that are open, also those beyond the newest
   */
  record Found(long total, List<OpenIncident> newest) {
    public Found {
      newest = List.copyOf(newest);
    }
  }

  /**
   * Something that failed and is not tried again by itself.
   *
   * @param subject the round, training, project or schedule; null where the process has none
   * @param process the key of the model, {@code statisticalRound}
   * @param activity the BPMN element
   * @param message why the last attempt failed; empty when nobody said
   * @param retryable whether {@link #retry} can help: it is about a failed job
   */
  record OpenIncident(
      String id,
      @Nullable String project,
      @Nullable String subject,
      @Nullable String process,
      @Nullable String activity,
      String message,
      Instant openedAt,
      boolean retryable) {}
}
