package org.balsam.platform.compute;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;

/**
 * Everything that determines a step, so that the same specification can run anywhere. It is written
 * as JSON for {@code balsam step run} and kept as evidence; it holds no secrets.
 *
 * @param code the repository and commit that the step's files come from
 * @param inputs objects placed in the working folder before the command runs
 * @param environment the exact environment of the command; nothing is inherited
 * @param outputs what must be there afterwards
 * @param image the container image that the command runs in where steps run in containers, for
 *     example {@code registry.nsi.example/r@sha256:…}; empty for what the runtime has for its kind
 */
public record JobSpec(
    JobId id,
    ProjectId project,
    Code code,
    List<Input> inputs,
    Command command,
    Map<String, String> environment,
    List<Output> outputs,
    Resources resources,
    NetworkClass network,
    String image) {

  public JobSpec {
    inputs = List.copyOf(inputs);
    environment = Map.copyOf(environment);
    outputs = List.copyOf(outputs);
  }

  /** A step that names no image. */
  public JobSpec(
      JobId id,
      ProjectId project,
      Code code,
      List<Input> inputs,
      Command command,
      Map<String, String> environment,
      List<Output> outputs,
      Resources resources,
      NetworkClass network) {
    this(id, project, code, inputs, command, environment, outputs, resources, network, "");
  }

  /** Pinned code: a repository and a commit of 40 hexadecimal digits. */
  public record Code(URI repository, String commit) {}

  /**
   * One pinned object.
   *
   * @param path where it appears, relative to the working folder
   */
  public record Input(
      String path, BucketName bucket, String key, String versionId, long size, Sha256 sha256) {}

  /** What a step executes. */
  public enum Kind {
    /** A SQL script run by DuckDB inside the runner, without access outside the working folder. */
    SQL,
    /** A program shipped with Balsam, see {@link JavaStep}, in a Java machine of its own. */
    JAVA,
    /** Any program with arguments. */
    COMMAND,
    /** A Python script, by the {@code python3} of the machine or image. */
    PYTHON,
    /** An R script, by the {@code Rscript} of the machine or image. */
    R
  }

  /**
   * The command.
   *
   * @param file the script, relative to the repository; the program's name for {@link Kind#COMMAND}
   *     and {@link Kind#JAVA}
   */
  public record Command(Kind kind, String file, List<String> arguments) {
    public Command {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A declared output: one file that the command writes.
   *
   * @param dataset the dataset that the file becomes part of, {@code layer/name}
   * @param path relative to the working folder
   * @param bucket where the file is published
   * @param key its object key
   */
  public record Output(String dataset, String path, BucketName bucket, String key) {}

  /**
   * Limits, all enforced.
   *
   * @param cpu cores, at least 1
   * @param memoryMib mebibytes
   * @param gpu number of GPUs, 0 for none
   * @param timeLimit wall-clock time
   * @param maxOutputBytes the sum of everything that the command writes, log included
   */
  public record Resources(
      int cpu, int memoryMib, int gpu, Duration timeLimit, long maxOutputBytes) {}

  /** What a step may reach. */
  public enum NetworkClass {
    OFFLINE,
    INTERNAL,
    INTERNET
  }
}
