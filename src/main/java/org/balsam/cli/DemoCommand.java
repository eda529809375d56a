package org.balsam.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.balsam.cli.demo.DemoSeed;
import org.balsam.cli.demo.DemoStory;
import org.balsam.cli.demo.TrainingStory;
import org.balsam.kernel.Period;
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tells a story without a human, playing every role through the public API. */
@Command(
    name = "demo",
    header = "Runs several quarters without a human.",
    description =
        "Starts a server of its own in a new folder, plays the roles through the public API,"
            + " publishes a flash and a revision for each quarter, and verifies the exported audit"
            + " trail offline. With --training a model is trained each year as data drift: promoted,"
            + " refused by the gate, rolled back.")
final class DemoCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--home",
      description = "The new folder for all state (default: .balsam/demo-<time>).")
  private Path home = Path.of(".balsam", "demo-" + LocalDateTime.now().format(STAMP));

  @Option(
      names = "--quarters",
      defaultValue = "4",
      description = "How many quarters from 2008-Q4 on, 1 to 28 (default: ${DEFAULT-VALUE}).")
  private int quarters;

  @Option(
      names = "--training",
      description = "Tells the story of a model instead: trained yearly from 1998 to 2002.")
  private boolean training;

  @ParentCommand private BalsamCommand balsam;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (quarters < 1 || quarters > 28) {
      throw wrong("--quarters is " + quarters + "; allowed: 1 to 28");
    }
    var content = home.toFile().list();
    if (content != null && content.length > 0) {
      throw wrong(
          "--home is "
              + home
              + ", which is not empty; the demo starts from nothing: name a folder that does not"
              + " exist, or leave --home out");
    }
    System.out.println("Starting Balsam in " + home.toAbsolutePath() + " …");
    var application = StartFailed.orStarted(this::start);
    try (var context = (ServletWebServerApplicationContext) application) {
      var base = URI.create("http://127.0.0.1:" + context.getWebServer().getPort());
      var templates = context.getBean(ProjectTemplates.class);
      return (training ? playTraining(base, templates) : playRounds(base, templates)) ? 0 : 1;
    }
  }

  private boolean playRounds(URI base, ProjectTemplates templates) throws Exception {
    var deliveries = templates.demoDeliveries(DemoSeed.TEMPLATE).get("raw/ces");
    return new DemoStory(base, home, deliveries).play(new Period("2008-q4"), quarters);
  }

  private boolean playTraining(URI base, ProjectTemplates templates) throws Exception {
    var deliveries = templates.demoDeliveries(TrainingStory.TEMPLATE).get("raw/strikes");
    return new TrainingStory(base, home, deliveries).play();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(balsam.application())
        .run(
            "--balsam.home=" + home,
            "--balsam.demo.enabled=true",
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--balsam.database.type=embedded",
            "--logging.level.org.balsam=warn");
  }
}
