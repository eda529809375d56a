package org.balsam.usecase.round;

import java.nio.charset.StandardCharsets;
import org.balsam.kernel.JobId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what steps wrote. Whoever calls has checked that the reader is a member of the project. */
@Component
public class StepLogs {

  private static final int TAIL = 1 << 18;

  private final RoundRows rows;
  private final StepBook book;
  private final RoundDocuments documents;
  private final JobRuntime runtime;

  StepLogs(RoundRows rows, StepBook book, RoundDocuments documents, JobRuntime runtime) {
    this.rows = rows;
    this.book = book;
    this.documents = documents;
    this.runtime = runtime;
  }

  /**
   * The log of a step of the round: all of it once the step has ended, the last 256 KiB before.
   *
   * @throws NotFound when the round has no such step
   */
  @Transactional(readOnly = true)
  public String read(RoundId round, JobId job) {
    var step = book.step(job);
    if (!rows.run(step.run()).roundId().equals(round)) {
      throw new NotFound("there is no step of round " + round + " with the job " + job);
    }
    return step.log() == null
        ? runtime.logTail(job, TAIL)
        : new String(documents.read(Manifest.Reference.parse(step.log())), StandardCharsets.UTF_8);
  }
}
