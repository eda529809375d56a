package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * The step runner cut in three, for the containers of a pod that share a job folder: fetch, run,
 * publish. What one did is noted in the folder for the next; after a failure the next do nothing
 * but pass it on, so that there always is a result document. Only trouble with the storage itself
 * ends a phase without a note, so that it can be tried again.
 */
public final class StepPhases {

  private final Supplier<ObjectStore> store;
  private final String path;
  private final Clock clock;

  /**
   * The phases.
   *
   * @param store asked for by the phases that need it: fetch and publish
   * @param path the {@code PATH} of commands
   */
  public StepPhases(Supplier<ObjectStore> store, String path, Clock clock) {
    this.store = store;
    this.path = path;
    this.clock = clock;
  }

  private interface Work<T> {
    T on(Map<String, String> machine) throws StepFailure, IOException, InterruptedException;
  }

  /** Fetches and verifies code and inputs; begins anew when it was cut off. */
  public void fetch(PodJob job, JobFolder folder) throws IOException, InterruptedException {
    DurableFiles.deleteTree(folder.work());
    DurableFiles.deleteTree(folder.scratch());
    for (var file : List.of(folder.log(), ended(folder), exitCode(folder))) {
      Files.deleteIfExists(file);
    }
    Files.createDirectories(folder.root());
    write(folder, begun(job.spec()));
    phase(
        folder,
        machine -> {
          runner(job, folder).fetch(job.spec(), folder, machine);
          var network = job.spec().network().name().toLowerCase(Locale.ROOT);
          machine.put("network", network + ", by network policies");
          if (!job.spec().image().isEmpty()) {
            machine.put("image", job.spec().image());
          }
          return PodScript.write(job.spec(), folder);
        });
  }

  /**
   * Runs the command where this program is in the command's image.
   *
   * @param shownOn where its log is copied to while it grows
   */
  public void execute(PodJob job, JobFolder folder, OutputStream shownOn)
      throws IOException, InterruptedException {
    try (var echo = LogEcho.of(folder.log(), shownOn)) {
      phase(
          folder,
          machine -> {
            DurableFiles.write(folder.spec(), JobJson.write(job.spec()));
            new StepExecution(path).run(job.spec(), folder, machine, false);
            return Files.writeString(exitCode(folder), "0\n");
          });
    }
  }

  /** Publishes what was computed, and result and log; returns the result. */
  public JobStatus publish(PodJob job, JobFolder folder) throws IOException, InterruptedException {
    var spec = job.spec();
    var outputs =
        phase(
            folder,
            machine -> {
              StepProcess.checkExit(spec, folder, exit(folder));
              return runner(job, folder).publish(spec, folder);
            });
    var noted = JobJson.readStatus(note(folder));
    var status = outputs.isPresent() ? ended(noted, State.SUCCEEDED, 0, "", outputs.get()) : noted;
    new StepLog(folder.log())
        .line((status.state() + " " + status.message().lines().findFirst().orElse("")).strip());
    put(job, job.logKey(), folder.log());
    DurableFiles.write(folder.result(), JobJson.write(status));
    put(job, job.resultKey(), folder.result());
    return status;
  }

  private StepRunner runner(PodJob job, JobFolder folder) {
    return new StepRunner(store.get(), code(job, folder), path, clock);
  }

  private void put(PodJob job, String key, Path file) throws IOException {
    store
        .get()
        .put(job.bucket(), key, Files.newInputStream(file), Map.of("job", job.spec().id().value()));
  }

  /** Does the work unless the step ended before; empty when it ended. */
  private <T> Optional<T> phase(JobFolder folder, Work<T> work)
      throws IOException, InterruptedException {
    var noted = JobJson.readStatus(note(folder));
    if (noted.state().ended()) {
      return Optional.empty();
    }
    var machine = new TreeMap<>(noted.runtime());
    try {
      var result = work.on(machine);
      write(folder, with(noted, machine));
      return Optional.of(result);
    } catch (StepFailure no) {
      end(folder, with(noted, machine), no.state(), no.exitCode(), String.valueOf(no.getMessage()));
    } catch (ExternalFailure trouble) {
      throw trouble;
    } catch (IOException | RuntimeException trouble) {
      end(folder, with(noted, machine), State.FAILED, null, StepRunner.describe(trouble));
    }
    return Optional.empty();
  }

  private void end(
      JobFolder folder, JobStatus noted, State state, @Nullable Integer exitCode, String message)
      throws IOException {
    write(folder, ended(noted, state, exitCode, message, List.of()));
    Files.writeString(ended(folder), "");
  }

  private JobStatus begun(JobSpec spec) {
    return new JobStatus(
        spec.id(), State.RUNNING, null, "", clock.instant(), null, List.of(), Map.of());
  }

  private static JobStatus with(JobStatus noted, Map<String, String> machine) {
    return new JobStatus(
        noted.job(), noted.state(), null, "", noted.startedAt(), null, List.of(), machine);
  }

  private JobStatus ended(
      JobStatus noted,
      State state,
      @Nullable Integer exitCode,
      String message,
      List<Published> outputs) {
    return new JobStatus(
        noted.job(),
        state,
        exitCode,
        message,
        noted.startedAt(),
        clock.instant(),
        outputs,
        noted.runtime());
  }

  private static int exit(JobFolder folder) throws IOException {
    var file = exitCode(folder);
    if (!Files.isRegularFile(file) || Files.size(file) > 8) {
      throw new IOException("the step's container left no exit code");
    }
    try {
      return Integer.parseInt(Files.readString(file).strip());
    } catch (NumberFormatException malformed) {
      throw new IOException("the step's container left a malformed exit code", malformed);
    }
  }

  private CodeFetch code(PodJob job, JobFolder folder) {
    return (repository, commit, target) -> {
      try {
        new InputFetch(store.get()).fetch(job.code(), folder.scratch());
        Files.createDirectories(target);
        CodeBundle.unpack(folder.scratch().resolve(job.code().path()), target);
      } catch (InputFetch.ChangedInput | IOException trouble) {
        throw new ExternalFailure(
            "job runtime", true, "cannot fetch the code: " + trouble, trouble);
      }
    };
  }

  private static void write(JobFolder folder, JobStatus status) throws IOException {
    DurableFiles.write(note(folder), JobJson.write(status));
  }

  private static Path note(JobFolder folder) {
    return folder.root().resolve("note.json");
  }

  private static Path ended(JobFolder folder) {
    return folder.root().resolve(PodScript.ENDED);
  }

  private static Path exitCode(JobFolder folder) {
    return folder.root().resolve(PodScript.EXIT_CODE);
  }
}
