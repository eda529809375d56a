package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;
import org.balsam.platform.compute.DurableFiles;

/** Writes a file where jobs are kept, and one beside the workspaces; reads and removes them. */
public final class LocalProbe implements Probe {

  private final Path jobs;
  private final Path workspaces;

  /**
   * A probe.
   *
   * @param jobs the folder of all jobs
   * @param workspaces the folder of all workspaces
   */
  public LocalProbe(Path jobs, Path workspaces) {
    this.jobs = jobs;
    this.workspaces = workspaces;
  }

  @Override
  public String port() {
    return "compute";
  }

  @Override
  public String target() {
    return "local " + jobs + ", " + workspaces;
  }

  @Override
  public void check() {
    check(jobs);
    check(workspaces);
  }

  private static void check(Path folder) {
    var content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    var file = folder.resolve(".probe-" + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try {
        DurableFiles.write(file, content);
        if (!Arrays.equals(content, Files.readAllBytes(file))) {
          throw new IOException("what was written to " + file + " cannot be read again");
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "job runtime", true, "cannot use " + folder + ": " + trouble, trouble);
    }
  }
}
