package org.balsam.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.balsam.kernel.ProjectId;

/** What work needs to know from the audit trail before it publishes and when it is sealed. */
public interface ApprovalTrail {

  /**
   * A recorded completion of a user task.
   *
   * @param id of the event
   * @param actor who completed it
   */
  record Completion(String id, String actor, Instant at) {}

  /**
   * The newest completion of {@code activity} in the instance of this business key after a moment.
   */
  Optional<Completion> newest(ProjectId project, String subject, String activity, Instant after);

  /**
   * Demands that the event is in the tree, by a proof against a signed checkpoint.
   *
   * @throws org.balsam.kernel.ExternalFailure NOT_SEALED, worth a retry, when it is not yet
   */
  void requireInclusion(String event);

  /**
   * Demands that the newest event of what was done is in the tree, by a proof against a signed
   * checkpoint: the event has committed before this call.
   *
   * @return the event's id
   * @throws org.balsam.kernel.ExternalFailure NOT_SEALED, worth a retry, when it is not yet
   */
  String requireInclusion(ProjectId project, String subject, String action);

  /** Writes the bundle that an outsider verifies: all sealed events of the project with proofs. */
  void export(ProjectId project, OutputStream target) throws IOException;
}
