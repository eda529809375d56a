package org.balsam.platform.compute.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.runner.CodeBundle;
import org.balsam.platform.compute.runner.PodJob;
import org.balsam.platform.compute.workspace.WorkspaceCode;
import org.balsam.platform.storage.ObjectStore;

/** What the server and the pods of a job hand each other through the object storage. */
final class JobResults {

  private static final int MAX_RESULT = 16 << 20;

  private final ObjectStore store;
  private final BiFunction<ProjectId, String, BucketName> buckets;
  private final WorkspaceCode.CheckOut code;

  JobResults(
      ObjectStore store,
      BiFunction<ProjectId, String, BucketName> buckets,
      WorkspaceCode.CheckOut code) {
    this.store = store;
    this.buckets = buckets;
    this.code = code;
  }

  /** Packs and stores the step's code, and says what the pod is told. */
  PodJob plan(JobSpec spec) {
    var bucket = bucket(spec.project());
    return new PodJob(
        spec, bundle(spec.project(), spec.code().commit()), bucket, folder(spec.id()));
  }

  /** The result document, when there is one. */
  Optional<JobStatus> result(JobId job) {
    return read(job, "result.json").map(JobJson::readStatus);
  }

  /** The log, when there is one. */
  Optional<byte[]> log(JobId job) {
    return read(job, "log.txt");
  }

  /** Keeps how a job ended whose pod could not tell. */
  void keep(JobStatus ended) {
    store.put(
        bucket(ended.job().project()),
        folder(ended.job()) + "result.json",
        new ByteArrayInputStream(JobJson.write(ended)),
        Map.of("job", ended.job().value()));
  }

  /** Packs and stores the files of a commit. */
  JobSpec.Input bundle(ProjectId project, String commit) {
    return io(
        () -> {
          var folder = Files.createTempDirectory("balsam-code");
          try {
            var zip = folder.resolve("code.zip");
            code.checkOut(project, commit, folder.resolve("code"));
            CodeBundle.pack(folder.resolve("code"), zip);
            return store(zip, bucket(project), "code/" + commit + ".zip");
          } finally {
            DurableFiles.deleteTree(folder);
          }
        });
  }

  private JobSpec.Input store(Path zip, BucketName bucket, String key) throws IOException {
    var stored = store.put(bucket, key, Files.newInputStream(zip), Map.of());
    return new JobSpec.Input(
        PodJob.CODE, bucket, key, stored.versionId(), stored.size(), stored.sha256());
  }

  private Optional<byte[]> read(JobId job, String name) {
    var bucket = bucket(job.project());
    return store
        .find(bucket, folder(job) + name)
        .map(
            found ->
                io(
                    () -> {
                      try (InputStream in = store.open(bucket, found.key(), found.versionId())) {
                        return in.readNBytes(MAX_RESULT);
                      }
                    }));
  }

  /** Where handed-over objects are. */
  BucketName bucket(ProjectId project) {
    return buckets.apply(project, "work");
  }

  private static String folder(JobId job) {
    return "jobs/" + job + "/";
  }

  private interface Io<T> {
    T get() throws IOException;
  }

  private static <T> T io(Io<T> work) {
    try {
      return work.get();
    } catch (IOException | UncheckedIOException trouble) {
      throw new ExternalFailure("job runtime", true, "cannot hand over: " + trouble, trouble);
    }
  }
}
