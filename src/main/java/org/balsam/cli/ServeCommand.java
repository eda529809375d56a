package org.balsam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
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

  @Unmatched private final List<String> properties = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    var context = SpringApplication.run(balsam.application(), properties.toArray(String[]::new));
    var stopped = new CountDownLatch(1);
    context.addApplicationListener((ContextClosedEvent closed) -> stopped.countDown());
    stopped.await();
    return 0;
  }
}
