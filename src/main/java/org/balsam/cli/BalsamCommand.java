package org.balsam.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The root of all sub-commands. */
@Command(
    name = "balsam",
    description = "Production rounds of official statistics as executable, provable models.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = BalsamCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DoctorCommand.class,
      DemoCommand.class,
      StepCommand.class,
      AuditCommand.class,
      TemplateCommand.class
    })
public final class BalsamCommand {

  private static final Logger LOG = LoggerFactory.getLogger(BalsamCommand.class);

  private final Class<?> application;

  private BalsamCommand(Class<?> application) {
    this.application = application;
  }

  /**
   * Runs the sub-command that the arguments name.
   *
   * @param application the class that Spring starts for the commands that need a server
   * @return the process's exit code: 0 done, 1 failed, 2 wrong use; sub-commands may add others
   */
  public static int run(Class<?> application, String[] arguments) {
    // of the commands that start no server; a server configures its own logging
    LoggingSystem.get(BalsamCommand.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    return commandLine(application).execute(arguments);
  }

  static CommandLine commandLine(Class<?> application) {
    var line =
        new CommandLine(new BalsamCommand(application))
            .setExecutionExceptionHandler(BalsamCommand::explain);
    // in the annotation the sub-commands would inherit it
    line.getCommandSpec().usageMessage().footer("", "Without a command, the server starts.");
    return line;
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    if (!(failure instanceof StartFailed)) {
      command.getErr().println(command.getCommandName() + " failed: " + failure.getMessage());
      LOG.debug("command failed", failure);
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  Class<?> application() {
    return application;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = BalsamCommand.class.getPackage().getImplementationVersion();
      return new String[] {"balsam " + (version == null ? "(development)" : version)};
    }
  }
}
