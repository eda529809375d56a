package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus;
import org.junit.jupiter.api.io.TempDir;

/** Runs steps whose code is written by the test. */
abstract class StepRunnerFixture {

  @TempDir Path temporary;
  final InMemoryObjectStore store = new InMemoryObjectStore();
  final Map<String, String> code = new TreeMap<>();
  final Map<String, Path> links = new TreeMap<>();
  String path = StepRunner.DEFAULT_PATH;

  JobFolder folder() {
    return new JobFolder(temporary.resolve("job"));
  }

  JobSpecFixture spec() {
    return JobSpecFixture.spec();
  }

  JobSpecFixture withInput(String path, String content) {
    var bytes = content.getBytes();
    var stored =
        store.put(
            JobSpecFixture.BUCKET,
            "given/" + path,
            new java.io.ByteArrayInputStream(bytes),
            Map.of());
    return spec()
        .input(path, "given/" + path, stored.versionId(), stored.size(), Sha256.of(content));
  }

  JobStatus run(JobSpecFixture fixture) throws IOException, InterruptedException {
    var spec = fixture.build();
    Files.createDirectories(folder().root());
    Files.write(folder().spec(), JobJson.write(spec));
    var runner =
        new StepRunner(store, (uri, commit, target) -> checkOut(target), path, Clock.systemUTC());
    var status = runner.run(spec, folder());
    assertThat(JobJson.readStatus(folder().result())).isEqualTo(status);
    return status;
  }

  String log() throws IOException {
    return StepLog.tail(folder().log(), 100_000);
  }

  private void checkOut(Path target) {
    try {
      for (var file : code.entrySet()) {
        var path = target.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      for (var link : links.entrySet()) {
        Files.createSymbolicLink(target.resolve(link.getKey()), link.getValue());
      }
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
