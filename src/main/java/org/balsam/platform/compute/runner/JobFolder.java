package org.balsam.platform.compute.runner;

import java.nio.file.Path;
import org.balsam.platform.compute.JobSpec;

/**
 * The folder of one job. The step itself sees only {@code work/}, which is its current directory.
 *
 * @param root absolute
 */
public record JobFolder(Path root) {

  public JobFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The specification. */
  public Path spec() {
    return root.resolve("spec.json");
  }

  /** The result document; there once the job ended. */
  public Path result() {
    return root.resolve("result.json");
  }

  /** What the runner and the command wrote to their outputs. */
  public Path log() {
    return root.resolve("log.txt");
  }

  /** Locked by the runner as long as it lives. */
  public Path lock() {
    return root.resolve("runner.lock");
  }

  /** The step's current directory. */
  public Path work() {
    return root.resolve("work");
  }

  /** Temporary files of the runner's own, out of the step's reach. */
  public Path scratch() {
    return root.resolve("scratch");
  }

  /** Where the step's command is started. */
  Path directory(JobSpec spec) {
    return spec.command().files().isEmpty() ? work() : work().resolve(JobSpec.Command.NODE);
  }

  /** The checkout of the step's code. */
  Path code() {
    return work().resolve("code");
  }

  /** The command's {@code HOME}; also the mark by which its processes are known. */
  public Path home() {
    return work().resolve("home");
  }

  /** The command's {@code TMPDIR}. */
  Path tmp() {
    return work().resolve("tmp");
  }
}
