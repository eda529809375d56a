package org.balsam.platform.compute.runner;

import org.balsam.platform.compute.JobStatus.State;
import org.jspecify.annotations.Nullable;

/** The step ended without success; the message is for the person who owns the step. */
final class StepFailure extends Exception {

  private final State state;
  private final @Nullable Integer exitCode;

  StepFailure(State state, @Nullable Integer exitCode, String message) {
    super(message);
    this.state = state;
    this.exitCode = exitCode;
  }

  StepFailure(String message) {
    this(State.FAILED, null, message);
  }

  State state() {
    return state;
  }

  @Nullable Integer exitCode() {
    return exitCode;
  }
}
