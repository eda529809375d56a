package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.balsam.kernel.BalsamException;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Does one step: fetches code and inputs into an empty folder and verifies them, runs the command
 * with the declared environment and limits, publishes the declared outputs, writes the result.
 *
 * <p>Repeating it is safe: outputs that are already published are not written again.
 */
public final class StepRunner {

  /** Where programs are looked for unless somebody says otherwise. */
  public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final ObjectStore store;
  private final CodeFetch codeFetch;
  private final String path;
  private final Clock clock;

  /**
   * A runner.
   *
   * @param path the {@code PATH} of commands
   */
  public StepRunner(ObjectStore store, CodeFetch codeFetch, String path, Clock clock) {
    this.store = store;
    this.codeFetch = codeFetch;
    this.path = path;
    this.clock = clock;
  }

  /**
   * Runs the step and writes {@link JobFolder#result()} unless it exists, which happens when the
   * job is cancelled meanwhile.
   *
   * @param folder holds the specification; its working folder must be empty or not exist
   * @return what the result document says
   */
  public JobStatus run(JobSpec spec, JobFolder folder) throws IOException, InterruptedException {
    var started = clock.instant();
    var machine = new TreeMap<String, String>();
    JobStatus status;
    try {
      var outputs = work(spec, folder, machine);
      status = status(spec, started, State.SUCCEEDED, 0, "", outputs, machine);
    } catch (StepFailure failure) {
      status =
          status(
              spec,
              started,
              failure.state(),
              failure.exitCode(),
              String.valueOf(failure.getMessage()),
              List.of(),
              machine);
    } catch (IOException | RuntimeException trouble) {
      status = status(spec, started, State.FAILED, null, describe(trouble), List.of(), machine);
    }
    new StepLog(folder.log())
        .line((status.state() + " " + status.message().lines().findFirst().orElse("")).strip());
    DurableFiles.create(folder.result(), JobJson.write(status));
    return JobJson.readStatus(folder.result());
  }

  private List<Published> work(JobSpec spec, JobFolder folder, Map<String, String> machine)
      throws StepFailure, IOException, InterruptedException {
    fetch(spec, folder, machine);
    new StepExecution(path).run(spec, folder, machine, fence(spec, machine));
    return publish(spec, folder);
  }

  /** Fetches code and inputs into the working folder, which must be empty or not exist. */
  void fetch(JobSpec spec, JobFolder folder, Map<String, String> machine)
      throws StepFailure, IOException {
    SpecCheck.check(spec);
    describeMachine(machine);
    prepare(folder);
    fetch(spec, folder);
  }

  /** Publishes the declared outputs. */
  List<Published> publish(JobSpec spec, JobFolder folder) throws StepFailure, IOException {
    return new OutputPublication(store).publish(spec, folder.work());
  }

  private static void prepare(JobFolder folder) throws StepFailure, IOException {
    Files.createDirectories(folder.work());
    try (var present = Files.list(folder.work())) {
      if (present.findAny().isPresent()) {
        throw new StepFailure("the working folder " + folder.work() + " is not empty");
      }
    }
    for (var name : List.of("code", "in", "out", "home", "tmp")) {
      Files.createDirectory(folder.work().resolve(name));
    }
    Files.createDirectories(folder.scratch());
  }

  private void fetch(JobSpec spec, JobFolder folder) throws StepFailure, IOException {
    var log = new StepLog(folder.log());
    codeFetch.fetch(spec.code().repository(), spec.code().commit(), folder.code());
    refuseLinksOut(folder);
    log.line("fetched code at commit " + spec.code().commit());
    var inputs = new InputFetch(store);
    for (var input : spec.inputs()) {
      try {
        inputs.fetch(input, folder.work());
      } catch (InputFetch.ChangedInput changed) {
        throw new StepFailure(String.valueOf(changed.getMessage()));
      }
    }
    NodeFolder.lay(spec, folder);
    log.line("fetched and verified " + spec.inputs().size() + " inputs");
  }

  private static void refuseLinksOut(JobFolder folder) throws StepFailure, IOException {
    var work = folder.work().toRealPath();
    List<Path> links;
    try (Stream<Path> files = Files.walk(folder.code())) {
      links = files.filter(Files::isSymbolicLink).toList();
    }
    for (var link : links) {
      var target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
      if (!target.startsWith(folder.work())
          || Files.exists(link) && !link.toRealPath().startsWith(work)) {
        throw new StepFailure(
            folder.code().relativize(link)
                + " in the repository is a symbolic link that leaves the"
                + " working folder; commit the file itself");
      }
    }
  }

  private static boolean fence(JobSpec spec, Map<String, String> machine)
      throws InterruptedException {
    if (spec.command().kind() == JobSpec.Kind.SQL) {
      machine.put("network", "offline, enforced");
      return false;
    }
    var declared = spec.network().name().toLowerCase(Locale.ROOT);
    var fenced = spec.network() == JobSpec.NetworkClass.OFFLINE && NetworkFence.isAvailable();
    machine.put("network", declared + (fenced ? ", enforced" : ", not enforced"));
    return fenced;
  }

  private static void describeMachine(Map<String, String> machine) {
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.version"));
  }

  static String describe(Exception trouble) {
    return trouble instanceof BalsamException
        ? String.valueOf(trouble.getMessage())
        : trouble.toString();
  }

  private JobStatus status(
      JobSpec spec,
      Instant started,
      State state,
      @Nullable Integer exitCode,
      String message,
      List<Published> outputs,
      Map<String, String> machine) {
    return new JobStatus(
        spec.id(), state, exitCode, message, started, clock.instant(), outputs, machine);
  }
}
