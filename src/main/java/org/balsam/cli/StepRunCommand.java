package org.balsam.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.balsam.kernel.BalsamException;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.runner.ExitCodes;
import org.balsam.platform.compute.runner.JobFolder;
import org.balsam.platform.compute.runner.SpecCheck;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.storage.DetachedStorage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam step run}: does one step on this machine, without the server. */
@Command(
    name = "run",
    description = {
      "Runs one step: fetches its code and inputs, verifies them, runs the command with the"
          + " declared environment and limits, publishes the outputs.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The step succeeded and its outputs are published.",
      "1:The step failed, or an input or output was not as declared.",
      "2:The command line or the specification is malformed.",
      "3:The step ran past its time limit.",
      "4:The step wrote or used more than its resources allow."
    },
    footerHeading = "%nFiles in DIR:%n",
    footer = {
      "  work/        the step's working folder (code/, in/, out/), its current directory",
      "  log.txt      what the step printed",
      "  result.json  the result: state, exit code, message, published outputs"
    })
public final class StepRunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SPEC.json", description = "the step's specification")
  private Path specification = Path.of("");

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "where the step runs; must be empty or not exist")
  private Path work = Path.of("");

  @Option(
      names = "--storage",
      paramLabel = "DIR",
      defaultValue = ".balsam/objects",
      description =
          "the folder of the object storage (default: ${DEFAULT-VALUE}); not used when"
              + " BALSAM_STORAGE_TYPE and the variables that belong to it name a server")
  private Path storage = Path.of(".balsam", "objects");

  @Option(
      names = "--path",
      paramLabel = "PATH",
      defaultValue = StepRunner.DEFAULT_PATH,
      description = "where programs are looked for (default: ${DEFAULT-VALUE})")
  private String path = StepRunner.DEFAULT_PATH;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var folder = new JobFolder(work);
    try {
      var spec = JobJson.readSpec(specification);
      SpecCheck.check(spec);
      if (!DetachedStorage.isOnServer(System.getenv()) && !Files.isDirectory(storage)) {
        return refuse("--storage " + storage + " is not a folder");
      }
      if (isOccupied(folder.root())) {
        return refuse("--work " + work + " is not empty; name a new folder");
      }
      Files.createDirectories(folder.root());
      DurableFiles.write(folder.spec(), JobJson.write(spec));
      Files.createDirectories(folder.scratch());
      var store =
          DetachedStorage.open(storage, System.getenv(), folder.scratch(), Clock.systemUTC());
      var runner =
          new StepRunner(store, CodeCheckout.of(System.getenv())::fetch, path, Clock.systemUTC());
      var status = runner.run(spec, folder);
      DurableFiles.deleteTree(folder.scratch());
      return report(status, folder);
    } catch (BalsamException malformed) {
      return refuse(String.valueOf(malformed.getMessage()));
    }
  }

  private static boolean isOccupied(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (var present = Files.list(folder)) {
      return present.findAny().isPresent();
    }
  }

  private int report(JobStatus status, JobFolder folder) {
    var out = command.commandLine().getOut();
    out.println(status.state() + (status.message().isEmpty() ? "" : ": " + status.message()));
    status
        .outputs()
        .forEach(
            output ->
                out.println(
                    output.path()
                        + " -> "
                        + output.bucket()
                        + "/"
                        + output.key()
                        + " (version "
                        + output.versionId()
                        + ", "
                        + output.size()
                        + " bytes, sha256 "
                        + output.sha256()
                        + ")"));
    out.println("log " + folder.log() + ", result " + folder.result());
    out.flush();
    return ExitCodes.of(status.state());
  }

  private int refuse(String message) {
    PrintWriter err = command.commandLine().getErr();
    err.println(message);
    err.flush();
    return ExitCodes.USAGE;
  }
}
