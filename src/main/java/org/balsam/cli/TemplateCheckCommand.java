package org.balsam.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.balsam.kernel.BalsamException;
import org.balsam.standard.workspace.TemplateFolder;
import org.balsam.standard.workspace.WorkspaceManifests;
import org.balsam.standard.workspace.WorkspaceTemplate;
import org.balsam.standard.workspace.WorkspaceTemplateProof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam template check}: tries a template of workspaces without a cluster. */
@Command(
    name = "check",
    description = {
      "Tries a template of workspaces as BALSAM has them: fills it in for workspaces with awkward"
          + " names and says every place that is not safe.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:It can be used.", "2:It cannot; every reason is named with its place."})
public final class TemplateCheckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      description = "manifests *.yaml and properties.json or workspace.yaml")
  private Path folder = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      var template = TemplateFolder.read(folder);
      if (template.isService()) {
        WorkspaceTemplateProof.check(template);
        report(template, "made by Balsam's own service");
      } else {
        report(template, manifests(WorkspaceTemplateProof.of(template)));
      }
      return 0;
    } catch (BalsamException refused) {
      spec.commandLine().getErr().println(refused.getMessage());
      return 2;
    }
  }

  private void report(WorkspaceTemplate template, String made) {
    var out = spec.commandLine().getOut();
    out.println(template.id() + " " + template.version() + ": " + template.title());
    template
        .parameters()
        .forEach(
            parameter ->
                out.println(
                    "parameter %s: %s, default %s"
                        .formatted(
                            parameter.name(),
                            parameter.schema(),
                            parameter.otherwise() == null ? "none" : parameter.otherwise())));
    out.println(made);
    out.println("can be used");
    out.flush();
  }

  private static String manifests(WorkspaceManifests example) {
    var lines = new ArrayList<String>();
    example
        .objects()
        .forEach((file, object) -> lines.add(file + ": " + object.path("kind").asText()));
    lines.add(
        example.secretKeys().isEmpty()
            ? "no credentials"
            : "credentials from a Secret: " + String.join(", ", example.secretKeys()));
    return String.join(System.lineSeparator(), lines);
  }
}
