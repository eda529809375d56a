package org.balsam.platform.compute.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.runner.CodeBundle;
import org.balsam.platform.compute.runner.InputFetch;
import org.balsam.platform.storage.ObjectStore;

/**
 * A workspace on a volume of a pod.
 *
 * @param volume where the volume is mounted; the workspace is its folder {@code files}
 */
public record VolumeWorkspace(ObjectStore store, Path volume) {

  /** The pod of the service may be placing them at this moment. */
  private static final int PLACE_ATTEMPTS = 60;

  private static final long PLACE_EVERY_MS = 500;

  /** Makes the folder unless it is there, and fetches the granted inputs. */
  public void place(PodWorkspace plan) throws IOException {
    var code =
        new WorkspaceCode(
            (project, commit, target) -> unpack(plan, target), (project, branch, files) -> {});
    new WorkspaceFolder(volume.resolve(".parts"), code, new InputFetch(store))
        .ensure(plan.spec(), volume.resolve("files"));
    Files.createDirectories(volume.resolve("files").resolve("home"));
  }

  /** Stores what people made; places the files first where that was never done. */
  public void archive(PodWorkspace plan) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < PLACE_ATTEMPTS && !isPlaced(); attempt++) {
      Thread.sleep(PLACE_EVERY_MS);
    }
    if (!isPlaced()) {
      place(plan);
    }
    var zip = Files.createTempFile("balsam-archive", ".zip");
    try {
      try (var sink = Files.newOutputStream(zip)) {
        WorkspaceFiles.zip(volume.resolve("files"), sink);
      }
      store.put(
          plan.bucket(),
          plan.archiveKey(),
          Files.newInputStream(zip),
          Map.of("content-type", "application/zip"));
    } finally {
      Files.deleteIfExists(zip);
    }
  }

  private boolean isPlaced() {
    return Files.isDirectory(volume.resolve("files"));
  }

  private void unpack(PodWorkspace plan, Path target) {
    try {
      var scratch = Files.createTempDirectory("balsam-code");
      try {
        new InputFetch(store).fetch(plan.code(), scratch);
        CodeBundle.unpack(scratch.resolve(plan.code().path()), target);
      } finally {
        DurableFiles.deleteTree(scratch);
      }
    } catch (InputFetch.ChangedInput | IOException trouble) {
      throw new ExternalFailure("workspaces", true, "cannot fetch the code: " + trouble, trouble);
    }
  }
}
