package org.balsam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.balsam.kernel.BalsamException;
import org.balsam.platform.compute.runner.ExitCodes;
import org.balsam.platform.compute.workspace.PodWorkspace;
import org.balsam.platform.compute.workspace.VolumeWorkspace;
import org.balsam.platform.storage.DetachedStorage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam step workspace}: what the pods of a workspace run beside its service. */
@Command(
    name = "workspace",
    hidden = true,
    description = "Places or archives the files of a workspace in a pod.",
    mixinStandardHelpOptions = true)
public final class StepWorkspaceCommand implements Callable<Integer> {

  private static final int TRY_AGAIN = 75;

  @Parameters(index = "0", paramLabel = "place|archive")
  private String what = "";

  @Parameters(index = "1", paramLabel = "WORKSPACE.json")
  private Path plan = Path.of("");

  @Parameters(index = "2", paramLabel = "DIR")
  private Path volume = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      var workspace = PodWorkspace.read(plan);
      var store =
          DetachedStorage.open(
              volume, System.getenv(), volume.resolve(".storage"), Clock.systemUTC());
      var there = new VolumeWorkspace(store, volume);
      switch (what) {
        case "place" -> there.place(workspace);
        case "archive" -> there.archive(workspace);
        default -> {
          return refuse("'" + what + "' is not place or archive", ExitCodes.USAGE);
        }
      }
      return 0;
    } catch (BalsamException trouble) {
      return refuse(String.valueOf(trouble.getMessage()), TRY_AGAIN);
    }
  }

  private int refuse(String message, int code) {
    command.commandLine().getErr().println(message);
    command.commandLine().getErr().flush();
    return code;
  }
}
