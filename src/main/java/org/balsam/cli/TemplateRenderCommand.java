package org.balsam.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.standard.workspace.ParameterValues;
import org.balsam.standard.workspace.TemplateFolder;
import org.balsam.standard.workspace.WorkspaceManifests;
import org.balsam.standard.workspace.WorkspaceRendering;
import org.balsam.standard.workspace.WorkspaceTemplateProof;
import org.balsam.standard.workspace.WorkspaceValues;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam template render}: writes the manifests of one workspace. */
@Command(
    name = "render",
    description = {
      "Checks a template and writes the manifests of one workspace, without credentials in them.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:They are written.",
      "2:The template or a value is refused; nothing is written."
    })
public final class TemplateRenderCommand implements Callable<Integer> {

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(Feature.WRITE_DOC_START_MARKER)
              .disable(Feature.SPLIT_LINES)
              .build());

  @Parameters(
      paramLabel = "FOLDER",
      description = "manifests *.yaml and properties.json or workspace.yaml")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "a new or empty folder")
  private Path out = Path.of("");

  @Option(names = "--project", required = true, description = "its id, for example lfs")
  private String project = "";

  @Option(
      names = "--project-name",
      paramLabel = "NAME",
      description = "for people; the id unless given")
  private @Nullable String projectName;

  @Option(names = "--branch", required = true, description = "the Git branch")
  private String branch = "";

  @Option(
      names = "--branch-name",
      paramLabel = "NAME",
      description = "for people; the branch unless given")
  private @Nullable String branchName;

  @Option(
      names = "--workspace",
      required = true,
      paramLabel = "ID",
      description = "for example ws-lfs-ujdoe01")
  private String workspace = "";

  @Option(
      names = "--workspace-name",
      paramLabel = "NAME",
      description = "for people; the id unless given")
  private @Nullable String workspaceName;

  @Option(names = "--user", required = true, paramLabel = "ID", description = "whose it is")
  private String user = "";

  @Option(
      names = "--mail",
      required = true,
      paramLabel = "ADDRESS",
      description = "the person's address")
  private String mail = "";

  @Option(
      names = "--organisation",
      paramLabel = "NAME",
      defaultValue = "nsi",
      description = "as in balsam.organisation (default: ${DEFAULT-VALUE})")
  private String organisation = "";

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "lab",
      description = "prd, tst, dev or lab (default: ${DEFAULT-VALUE})")
  private String environment = "";

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a parameter of the template")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try {
      var template = TemplateFolder.read(folder);
      if (template.isService()) {
        return refuse(folder + " is made by Balsam's own service; there is no manifest to write");
      }
      WorkspaceTemplateProof.of(template);
      var made =
          WorkspaceRendering.render(
              template, values(), ParameterValues.typed(template, parameters));
      if (isOccupied()) {
        return refuse("--out " + out + " is not an empty folder; name a new one");
      }
      write(made);
      return 0;
    } catch (BalsamException refused) {
      return refuse(String.valueOf(refused.getMessage()));
    }
  }

  private WorkspaceValues values() {
    return new WorkspaceValues(
        new Installation(organisation, environment),
        new ProjectId(project),
        projectName == null ? project : projectName,
        branch,
        branchName == null ? branch : branchName,
        workspace,
        workspaceName == null ? workspace : workspaceName,
        user,
        mail);
  }

  private boolean isOccupied() throws IOException {
    if (!Files.exists(out)) {
      return false;
    }
    if (!Files.isDirectory(out)) {
      return true;
    }
    try (var present = Files.list(out)) {
      return present.findAny().isPresent();
    }
  }

  private void write(WorkspaceManifests made) throws IOException {
    var parent = Files.createDirectories(out.toAbsolutePath().normalize().getParent());
    var part = Files.createTempDirectory(parent, out.getFileName() + ".part");
    try {
      for (var object : made.objects().entrySet()) {
        DurableFiles.write(
            part.resolve(object.getKey()), YAML.writeValueAsBytes(object.getValue()));
      }
      Files.deleteIfExists(out);
      Files.move(part, out);
    } finally {
      DurableFiles.deleteTree(part);
    }
    var said = spec.commandLine().getOut();
    said.println(made.objects().size() + " manifests in " + out);
    said.println("opened at " + made.url());
    if (!made.secretKeys().isEmpty()) {
      said.println(
          "needs the Secret %s with the keys %s"
              .formatted(made.secret(), String.join(", ", made.secretKeys())));
    }
    said.flush();
  }

  private int refuse(String message) {
    spec.commandLine().getErr().println(message);
    return 2;
  }
}
