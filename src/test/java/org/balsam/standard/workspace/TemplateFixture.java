package org.balsam.standard.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;

/** A template as users of BALSAM have them, and variations of it. */
public final class TemplateFixture {

  public static final Path ELYRA = Path.of("src/test/resources/workspace-templates/elyra");

  private TemplateFixture() {}

  /** The template in a folder of its own. */
  public static Path copyTo(Path folder) {
    try (var files = Files.list(ELYRA)) {
      Files.createDirectories(folder);
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Changes a file; the text must be there. */
  public static void change(Path folder, String file, String text, String by) {
    try {
      var before = Files.readString(folder.resolve(file));
      if (!before.contains(text)) {
        throw new AssertionError(file + " has no " + text);
      }
      Files.writeString(folder.resolve(file), before.replace(text, by));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * With a {@code workspace.yaml} that declares these parameters instead of {@code
   * properties.json}.
   */
  public static void declare(Path folder, String parameters) {
    try {
      Files.delete(folder.resolve("properties.json"));
      Files.writeString(
          folder.resolve("workspace.yaml"),
          """
          id: elyra
          version: 2.1.0
          title: Elyra for surveys
          description: JupyterLab with Elyra.
          url-file: ingress.yaml
          parameters:
          """
              + parameters.indent(2));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static WorkspaceValues values(String name) {
    return new WorkspaceValues(
        new Installation("nsi", "lab"),
        new ProjectId("lfs"),
        name,
        "lab/ujdoe01/outliers",
        name,
        "ws-lfs-ujdoe01",
        name,
        name,
        "jo.doe@nsi.example");
  }

  /** Of the workspace ws-lfs-ujdoe01. */
  public static WorkspaceManifests render(Path folder, String name) {
    return WorkspaceRendering.render(TemplateFolder.read(folder), values(name), Map.of());
  }
}
