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
    R,
    /**
     * A Jupyter notebook, by the {@code papermill} of the machine or image. The executed copy is
     * {@code out/<name>-output.ipynb}, for a node {@code <name>-output.ipynb} beside the notebook.
     */
    NOTEBOOK
  }

  /**
   * The command.
   *
   * @param file the script, relative to the repository; the program's name for {@link Kind#COMMAND}
   *     and {@link Kind#JAVA}
   * @param files empty for a command that is run in the working folder. Otherwise the command is a
   *     node: it is run in {@link #NODE}, which holds these files of the repository, by their path
   *     there; an input of the same path takes the place of the repository's file
   */
  public record Command(Kind kind, String file, List<String> arguments, Map<String, String> files) {

    /** The folder of a node, relative to the working folder. */
    public static final String NODE = "node/";

    public Command {
      arguments = List.copyOf(arguments);
      files = Map.copyOf(files);
    }

    /** A command that is run in the working folder. */
    public Command(Kind kind, String file, List<String> arguments) {
      this(kind, file, arguments, Map.of());
    }

    /** What its outputs' paths begin with. */
    public String outputFolder() {
      return files.isEmpty() ? "out/" : NODE;
    }

    /**
     * The script where the command is started; the code is in {@code code/} of the working folder.
     */
    public String script() {
      return files.isEmpty() ? "code/" + file : file.substring(file.lastIndexOf('/') + 1);
    }

    /** The arguments of papermill: what the notebook prints goes into the step's log. */
    public List<String> notebookArguments() {
      var copy = (files.isEmpty() ? "out/" : "") + executedCopy();
      return List.of("--no-progress-bar", "--log-output", script(), copy);
    }

    /** The name of a notebook's executed copy. */
    public String executedCopy() {
      var name = file.substring(file.lastIndexOf('/') + 1);
      return name.replaceFirst("\\.ipynb$", "") + "-output.ipynb";
    }
  }

  /**
   * A declared output: one file that the command writes. When the key ends with a slash it may be
   * several: a file, all files of a folder, or those that a pattern with {@code *} and {@code ?}
   * matches, of which there may be none. Each is then published as {@link NodePaths} says.
   *
   * @param dataset the dataset that the file becomes part of, {@code layer/name}
   * @param path relative to the working folder
   * @param bucket where the file is published
   * @param key its object key, or what the keys begin with
   */
  public record Output(String dataset, String path, BucketName bucket, String key) {

    /** Whether it may be several files. */
    public boolean mayBeMany() {
      return key.endsWith("/");
    }

    /** Whether a file of this path in the working folder belongs to it. */
    public boolean holds(String file) {
      return file.equals(path)
          || mayBeMany()
              && (file.startsWith(path + "/")
                  || NodePaths.isPattern(path) && NodePaths.matches(path, file));
    }

    /** The key of a file of this path. */
    public String keyOf(String file) {
      return mayBeMany() ? key + NodePaths.name(file.substring(Command.NODE.length())) : key;
    }
  }

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
