package org.balsam;

import java.util.Set;
import java.util.stream.Stream;
import org.balsam.cli.BalsamCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Balsam: the production round as an executable, provable model. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Balsam {

  /** Runs the sub-command that the arguments name; without one, the server. */
  public static void main(String[] arguments) {
    var onlyProperties = Stream.of(arguments).allMatch(Balsam::isProperty);
    var command =
        onlyProperties
            ? Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new)
            : arguments;
    var exitCode = BalsamCommand.run(Balsam.class, command);
    // these are over when their command is; clients of servers keep threads of their own
    if (exitCode != 0 || Set.of("step", "doctor").contains(command[0])) {
      System.exit(exitCode);
    }
  }

  private static boolean isProperty(String argument) {
    return argument.startsWith("--") && argument.contains("=");
  }
}
