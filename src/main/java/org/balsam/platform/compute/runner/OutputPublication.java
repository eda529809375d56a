package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Output;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.storage.ObjectStore;

/** Checks that all declared outputs are there, then publishes them; all or none are looked at. */
final class OutputPublication {

  private static final int LISTED = 50;

  private final ObjectStore store;

  OutputPublication(ObjectStore store) {
    this.store = store;
  }

  List<Published> publish(JobSpec spec, Path work) throws StepFailure, IOException {
    var rows = new ArrayList<Long>();
    for (var output : spec.outputs()) {
      check(output, spec, work);
      rows.add(rows(work.resolve(output.path()), output.path()));
    }
    var published = new ArrayList<Published>();
    for (int i = 0; i < rows.size(); i++) {
      published.add(publish(spec, spec.outputs().get(i), work, rows.get(i)));
    }
    return published;
  }

  private static void check(Output output, JobSpec spec, Path work)
      throws StepFailure, IOException {
    var file = work.resolve(output.path());
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StepFailure(
          State.FAILED,
          0,
          "the step did not write its declared output "
              + output.path()
              + "; expected "
              + spec.outputs().stream().map(Output::path).toList()
              + ", found "
              + found(work));
    }
    if (!Files.exists(file) || !file.toRealPath().startsWith(work.toRealPath())) {
      throw new StepFailure(
          State.FAILED,
          0,
          "output "
              + output.path()
              + " is a symbolic link that leaves the working folder; write"
              + " the file itself");
    }
    if (!Files.isRegularFile(file)) {
      throw new StepFailure(State.FAILED, 0, "output " + output.path() + " is not a file");
    }
  }

  private static String found(Path work) throws IOException {
    var out = work.resolve("out");
    try (var files = Files.walk(out, 8, new FileVisitOption[0])) {
      var names =
          files
              .filter(file -> !Files.isDirectory(file))
              .map(file -> work.relativize(file).toString())
              .sorted()
              .limit(LISTED)
              .toList();
      return names.isEmpty() ? "nothing in out/" : names.toString();
    } catch (UncheckedIOException unreadable) {
      return "an unreadable folder: " + unreadable.getMessage();
    }
  }

  private static long rows(Path file, String name) throws StepFailure, IOException {
    if (!name.endsWith(".csv")) {
      return -1;
    }
    try (var parser =
        CSVFormat.RFC4180.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      long rows = -1;
      for (var record : parser) {
        rows = record.getRecordNumber() - 1;
      }
      return Math.max(rows, 0);
    } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
      throw new StepFailure(
          State.FAILED,
          0,
          "output " + name + " is not a CSV file in UTF-8: " + malformed.getMessage());
    }
  }

  private Published publish(JobSpec spec, Output output, Path work, long rows)
      throws StepFailure, IOException {
    var file = work.resolve(output.path());
    var expected = sha256(file);
    var stored =
        store.put(
            output.bucket(),
            output.key(),
            Files.newInputStream(file),
            Map.of("job", spec.id().value(), "dataset", output.dataset()));
    if (!stored.sha256().equals(expected)) {
      throw new StepFailure(
          "output "
              + output.path()
              + " has sha256 "
              + expected
              + " but was stored as "
              + stored.sha256());
    }
    return new Published(
        output.dataset(),
        output.path(),
        output.bucket(),
        output.key(),
        stored.versionId(),
        stored.size(),
        stored.sha256(),
        rows);
  }

  private static Sha256 sha256(Path file) throws IOException {
    var digest = Sha256.digest();
    var buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return Sha256.ofDigest(digest.digest());
  }
}
