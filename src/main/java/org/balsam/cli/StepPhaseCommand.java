package org.balsam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.balsam.kernel.BalsamException;
import org.balsam.platform.compute.runner.ExitCodes;
import org.balsam.platform.compute.runner.JobFolder;
import org.balsam.platform.compute.runner.PodJob;
import org.balsam.platform.compute.runner.StepPhases;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam step phase}: what the containers of a step's pod run, one after the other. */
@Command(
    name = "phase",
    hidden = true,
    description = "Does one part of a step in a pod; the object storage is named by variables.",
    mixinStandardHelpOptions = true)
public final class StepPhaseCommand implements Callable<Integer> {

  private static final int TRY_AGAIN = 75;

  /** The parts of a step. */
  enum Phase {
    FETCH,
    RUN,
    PUBLISH;

    static Phase named(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  @Parameters(index = "0", paramLabel = "fetch|run|publish")
  private String phase = "";

  @Parameters(index = "1", paramLabel = "JOB.json")
  private Path plan = Path.of("");

  @Parameters(index = "2", paramLabel = "DIR")
  private Path folder = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      var job = PodJob.read(plan);
      var there = new JobFolder(folder);
      var phases = new StepPhases(() -> storage(there), StepRunner.DEFAULT_PATH, Clock.systemUTC());
      switch (Phase.named(phase)) {
        case FETCH -> phases.fetch(job, there);
        case RUN -> phases.execute(job, there, System.out);
        case PUBLISH -> phases.publish(job, there);
      }
      return 0;
    } catch (BalsamException trouble) {
      command.commandLine().getErr().println(trouble.getMessage());
      command.commandLine().getErr().flush();
      return TRY_AGAIN;
    } catch (IllegalArgumentException unknown) {
      command.commandLine().getErr().println("'" + phase + "' is not fetch, run or publish");
      return ExitCodes.USAGE;
    }
  }

  private static ObjectStore storage(JobFolder folder) {
    var temporary = folder.root().resolve("storage");
    return DetachedStorage.open(folder.root(), System.getenv(), temporary, Clock.systemUTC());
  }
}
