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

/** Writes a file where jobs are kept, reads it and removes it. */
public final class LocalProbe implements Probe {

  private final Path jobs;

  /**
   * A probe.
   *
   * @param jobs the folder of all jobs
   */
  public LocalProbe(Path jobs) {
    this.jobs = jobs;
  }

  @Override
  public String port() {
    return "compute";
  }

  @Override
  public String target() {
    return "local " + jobs;
  }

  @Override
  public void check() {
    var content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    var file = jobs.resolve(".probe-" + UUID.randomUUID());
    try {
      Files.createDirectories(jobs);
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
          "job runtime", true, "cannot use " + jobs + ": " + trouble, trouble);
    }
  }
}
