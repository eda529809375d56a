package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Output;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.NodePaths;
import org.balsam.platform.storage.ObjectStore;

/** Checks that all declared outputs are there, then publishes them; all or none are looked at. */
final class OutputPublication {

  private static final int LISTED = 50;
  private static final int DEEPEST = 20;

  private final ObjectStore store;

  OutputPublication(ObjectStore store) {
    this.store = store;
  }

  List<Published> publish(JobSpec spec, Path work) throws StepFailure, IOException {
    var rows = new LinkedHashMap<Output, Long>();
    for (var output : files(spec, work)) {
      check(output, spec, work);
      rows.put(output, rows(work.resolve(output.path()), output.path()));
    }
    var published = new ArrayList<Published>();
    for (var output : rows.entrySet()) {
      published.add(publish(spec, output.getKey(), work, output.getValue()));
    }
    return published;
  }

  /**
   * One output per file; a file that several declared outputs hold belongs to the first of them.
   */
  private static List<Output> files(JobSpec spec, Path work) throws IOException {
    var present =
        spec.outputs().stream().anyMatch(Output::mayBeMany) ? present(work) : List.<String>of();
    var taken = new HashSet<String>();
    spec.outputs().stream().filter(one -> !one.mayBeMany()).forEach(one -> taken.add(one.path()));
    var files = new ArrayList<Output>();
    for (var output : spec.outputs()) {
      if (!output.mayBeMany()) {
        files.add(output);
        continue;
      }
      var held = present.stream().filter(output::holds).toList();
      if (held.isEmpty() && !NodePaths.isPattern(output.path())) {
        files.add(output); // is reported as missing
      }
      held.stream()
          .filter(taken::add)
          .map(path -> new Output(output.dataset(), path, output.bucket(), output.keyOf(path)))
          .forEach(files::add);
    }
    return files;
  }

  /** The paths of a node's files and links, sorted. */
  private static List<String> present(Path work) throws IOException {
    try (var files = Files.walk(work.resolve(JobSpec.Command.NODE), DEEPEST)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> work.relativize(file).toString())
          .sorted()
          .toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
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
              + found(work, spec.command().outputFolder()));
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

  private static String found(Path work, String folder) throws IOException {
    var out = work.resolve(folder);
    try (var files = Files.walk(out, 8, new FileVisitOption[0])) {
      var names =
          files
              .filter(file -> !Files.isDirectory(file))
              .map(file -> work.relativize(file).toString())
              .sorted()
              .limit(LISTED)
              .toList();
      return names.isEmpty() ? "nothing in " + folder : names.toString();
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
