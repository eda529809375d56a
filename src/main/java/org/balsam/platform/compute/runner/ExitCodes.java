package org.balsam.platform.compute.runner;

import org.balsam.platform.compute.JobStatus.State;

/** How a step's end is told to a shell. */
public final class ExitCodes {

  /** The specification or the command line is malformed. */
  public static final int USAGE = 2;

  /** Another runner works on the same job. */
  public static final int BUSY = 75;

  private ExitCodes() {}

  /** 0 after success, 3 past the time limit, 4 past another limit, 1 after any other end. */
  public static int of(State state) {
    return switch (state) {
      case SUCCEEDED -> 0;
      case TIMED_OUT -> 3;
      case LIMIT_EXCEEDED -> 4;
      case FAILED, CANCELLED, LOST, RUNNING -> 1;
    };
  }
}
