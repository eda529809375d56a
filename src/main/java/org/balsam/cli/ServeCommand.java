package org.balsam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the server and returns when it has stopped. */
@Command(
    name = "serve",
    description = "Starts the server (the default).",
    footer = {
      "",
      "Any property can be given as --name=value, for example --server.port=9090 or",
      "--balsam.home=/var/lib/balsam; docs/configuration.md lists them."
    })
final class ServeCommand implements Callable<Integer> {

  @ParentCommand private BalsamCommand balsam;

  @Spec private CommandSpec spec;

  @Unmatched private final List<String> properties = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    requireSettings(properties, spec);
    var arguments = properties.toArray(String[]::new);
    var context =
        StartFailed.orStarted(() -> SpringApplication.run(balsam.application(), arguments));
    var stopped = new CountDownLatch(1);
    context.addApplicationListener((ContextClosedEvent closed) -> stopped.countDown());
    stopped.await();
    return 0;
  }

  /** Whether an argument is one that Spring Boot reads as a setting. */
  public static boolean isSetting(String argument) {
    return argument.matches("--[^=]+=.*");
  }

  /** Demands that whatever else was given is a setting. */
  static void requireSettings(List<String> given, CommandSpec spec) {
    for (var argument : given) {
      if (!isSetting(argument)) {
        throw new ParameterException(
            spec.commandLine(),
            "Unknown option '"
                + argument
                + "'; allowed are settings as --name=value, for example --server.port=9090");
      }
    }
  }
}
