package org.balsam.platform.compute.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.compute.runner.InputFetch;

/**
 * Makes the folder of a workspace. Code that is there is never overwritten: people work in it.
 *
 * @param parts a folder of the same file system for what is not whole yet
 */
public record WorkspaceFolder(Path parts, WorkspaceCode code, InputFetch inputs) {

  private static final long LARGEST_ENVIRONMENT = 64 << 10;

  /** Makes it beside its place, so that it appears whole or not at all; fetches inputs always. */
  public void ensure(WorkspaceSpec spec, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      make(spec, folder);
    }
    for (var input : spec.inputs()) {
      place(input, folder);
    }
  }

  private void make(WorkspaceSpec spec, Path folder) throws IOException {
    var part = part();
    try {
      code.place(spec, Files.createDirectory(part.resolve("code")));
      Files.createDirectory(part.resolve("in"));
      Files.createDirectory(part.resolve("out"));
      write(part.resolve("environment"), lines(environment(spec)));
      write(part.resolve("README.md"), readme(spec, Files.exists(part.resolve("code/.git"))));
      Files.createDirectories(folder.getParent());
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DurableFiles.deleteTree(part);
    }
  }

  /** Replaces the file even when it is there: only that proves that it is the granted one. */
  private void place(Input input, Path folder) throws IOException {
    var part = part();
    try {
      inputs.fetch(input, part);
      var target = folder.resolve(input.path());
      Files.createDirectories(target.getParent());
      Files.move(
          part.resolve(input.path()),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (InputFetch.ChangedInput changed) {
      throw new Rejection(ErrorCode.DATA_CHANGED, String.valueOf(changed.getMessage()));
    } finally {
      DurableFiles.deleteTree(part);
    }
  }

  private Path part() throws IOException {
    return Files.createDirectories(parts.resolve(UUID.randomUUID().toString()));
  }

  /** What programs in the workspace are told; no secrets. */
  public static Map<String, String> environment(WorkspaceSpec spec) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("BALSAM_PROJECT", spec.project().value());
    variables.put("BALSAM_WORKSPACE", spec.id());
    variables.put("BALSAM_BRANCH", spec.branch());
    variables.put("BALSAM_COMMIT", spec.commit());
    variables.put("BALSAM_NETWORK", spec.network().name().toLowerCase(Locale.ROOT));
    variables.putAll(new TreeMap<>(spec.variables()));
    return variables;
  }

  /** Reads the environment file of a workspace, without what people may have broken in it. */
  public static Map<String, String> environment(Path folder) throws IOException {
    var file = folder.resolve("environment");
    return !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || Files.size(file) > LARGEST_ENVIRONMENT
        ? Map.of()
        : Files.readString(file, StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.matches("BALSAM_[A-Z0-9_]+=[ -~]*"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1),
                    (first, second) -> first));
  }

  private static String lines(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String readme(WorkspaceSpec spec, boolean linked) {
    return """
        # Workspace %s

        Made by Balsam for the project %s.

        - `code/` holds the files of branch `%s` at commit %s. %s
        - `in/` holds the granted inputs, read-only. Their checksums were verified.
        - `out/` is for results. Nothing in it is published by itself.
        - `environment` names project, branch, commit and the parameters of the template. There are no secrets in it.

        The folder is removed with everything in it when the workspace ends.
        """
        .formatted(spec.id(), spec.project(), spec.branch(), spec.commit(), ways(spec, linked));
  }

  private static String ways(WorkspaceSpec spec, boolean linked) {
    if (!spec.interactive()) {
      return "It is a copy: to keep a change, commit it to the repository.";
    }
    return linked
        ? "It is a Git working copy: commit and push to keep your steps. What is not pushed when"
            + " the workspace ends is committed to the branch then, and kept with `out/` in an"
            + " archive."
        : "It is a copy without Git: what is in it when the workspace ends is committed to the"
            + " branch then, and kept with `out/` in an archive.";
  }

  private static void write(Path file, String text) throws IOException {
    DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
