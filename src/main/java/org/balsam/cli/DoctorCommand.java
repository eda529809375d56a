package org.balsam.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;
import org.balsam.platform.health.Examination;
import org.balsam.platform.health.Finding;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code balsam doctor}: tries every configured adapter without starting the server. */
@Command(
    name = "doctor",
    description = {
      "Tries every configured adapter: makes something of its own there, reads it, removes it.",
      "Says what is missing and what to do. Starts no server and migrates nothing.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything works.",
      "1:Something does not, or the settings cannot be read.",
      "2:The command line is malformed."
    },
    footer = {
      "",
      "It reads the settings that the server would, from application.yaml, the environment, and",
      "--name=value, for example --balsam.home=/var/lib/balsam."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final String SUFFIX = "Probe";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Unmatched private final List<String> properties = new ArrayList<>();

  @Override
  public Integer call() {
    ServeCommand.requireSettings(properties, spec);
    var application =
        new SpringApplicationBuilder(DoctorContext.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .initializers(context -> StartChecks.checkNames(context.getEnvironment()));
    var arguments = properties.toArray(String[]::new);
    try (var context = StartFailed.orStarted(() -> application.run(arguments));
        var examination = new Examination(probes(context), Examination.LIMIT, Clock.systemUTC())) {
      var findings = examination.whole();
      findings.forEach(this::print);
      return findings.stream().allMatch(Finding::isUp) ? 0 : 1;
    }
  }

  private static List<Probe> probes(ConfigurableApplicationContext context) {
    var names = List.of(context.getBeanNamesForType(Probe.class, true, false));
    return names.stream().sorted().map(name -> probe(context, name)).toList();
  }

  /** The probe, or one that tells why there is none. */
  private static Probe probe(ConfigurableApplicationContext context, String name) {
    try {
      return context.getBean(name, Probe.class);
    } catch (BeansException refused) {
      var reason = StartFailureAnalyzer.explain(refused);
      return new Unusable(name.substring(0, name.length() - SUFFIX.length()), reason);
    }
  }

  private void print(Finding finding) {
    var out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-6s  %-9s  %s (%.1f s)%n",
        finding.isUp() ? "ok" : "FAILED",
        finding.port(),
        finding.target(),
        finding.took().toMillis() / (double) Duration.ofSeconds(1).toMillis());
    if (!finding.isUp()) {
      finding.problem().lines().forEach(line -> out.println("        " + line));
    }
    out.flush();
  }

  /** An adapter whose settings do not make one. */
  private record Unusable(String port, String reason) implements Probe {

    @Override
    public String target() {
      return "cannot be used";
    }

    @Override
    public void check() {
      throw new ExternalFailure(port, false, reason, null);
    }
  }
}
