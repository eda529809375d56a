package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Command;

/** Lays out the folder of a node, in which the code is not and only its own files are. */
final class NodeFolder {

  /** Where a node finds the frozen inputs of its work; these stay read-only. */
  private static final String FROZEN = Command.NODE + "in/";

  private NodeFolder() {}

  /** Adds the repository's files to the inputs that are there; does nothing for other commands. */
  static void lay(JobSpec spec, JobFolder folder) throws StepFailure, IOException {
    if (spec.command().files().isEmpty()) {
      return;
    }
    var node = Files.createDirectories(folder.work().resolve(Command.NODE));
    for (var input : spec.inputs()) {
      var file = folder.work().resolve(input.path());
      if (!input.path().startsWith(FROZEN) && !file.toFile().setWritable(true)) {
        throw new IOException("cannot make " + file + " writable");
      }
    }
    for (var file : new TreeMap<>(spec.command().files()).entrySet()) {
      copy(spec, folder, file.getValue(), node.resolve(file.getKey()));
    }
  }

  private static void copy(JobSpec spec, JobFolder folder, String from, Path to)
      throws StepFailure, IOException {
    var source = folder.code().resolve(from);
    if (!Files.isRegularFile(source)
        || !source.toRealPath().startsWith(folder.code().toRealPath())) {
      throw new StepFailure(
          "the file " + from + " is not in the repository at commit " + spec.code().commit());
    }
    if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to.getParent());
      Files.copy(source, to);
    }
  }
}
