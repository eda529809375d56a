package org.balsam.platform.compute.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.StepAccess;
import org.balsam.platform.compute.runner.PodJob;
import org.balsam.platform.compute.workspace.PodWorkspace;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.StorageGrant.Place;

/**
 * How the containers that fetch and publish reach the object storage: settings as variables, and as
 * files of a Secret a key of their own, which reaches what they need and ends by itself.
 */
final class StorageKeys {

  /** Where the Secret is mounted. */
  static final String FOLDER = "/balsam/storage";

  private static final String SERVER = "BALSAM_STORAGE_SERVER_";
  private static final String ACCESS = SERVER + "ACCESSKEY";
  private static final String SECRET = SERVER + "SECRETKEY";
  private static final String SESSION = SERVER + "SESSIONTOKEN";
  private static final String CREDENTIALS = SERVER + "CREDENTIALSFILE";
  private static final String CERTIFICATES = SERVER + "CERTIFICATES";

  /** To place or pack what is in a workspace. */
  private static final Duration MOVING = Duration.ofHours(1);

  private final StorageAccess access;
  private final KubernetesProperties settings;

  /**
   * Keys of this storage.
   *
   * @throws Invalid for storage in a folder, which pods cannot reach
   */
  StorageKeys(StorageAccess access, KubernetesProperties settings) {
    this.access = access;
    this.settings = settings;
    if (access.environment().isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.storage.type",
          "is 'filesystem', which pods of a cluster cannot reach; allowed with"
              + " balsam.compute.type=kubernetes: minio, s3");
    }
  }

  /** Where the storage is, without secrets. */
  Map<String, String> variables() {
    var variables = new TreeMap<>(access.environment());
    variables.keySet().removeAll(Set.of(ACCESS, SECRET, SESSION));
    variables.put(CREDENTIALS, FOLDER + "/credentials");
    variables.computeIfPresent(CERTIFICATES, (name, file) -> FOLDER + "/certificates");
    return variables;
  }

  /** The content of the Secret of a job, with a new key. */
  Map<String, String> files(PodJob job) {
    var step = StepAccess.of(job.spec(), settings.grace().plus(settings.startLimit()));
    var reads = new HashSet<>(step.reads());
    reads.add(place(job.code()));
    var writes = new HashSet<>(step.writes());
    writes.add(new Place(job.bucket(), job.resultKey()));
    writes.add(new Place(job.bucket(), job.logKey()));
    return files(new StorageGrant(step.project(), step.holder(), reads, writes, step.lifetime()));
  }

  /** The content of the Secret of a workspace, with a new key to place or to pack its files. */
  Map<String, String> files(PodWorkspace plan) {
    var spec = plan.spec();
    var reads = new HashSet<Place>();
    reads.add(place(plan.code()));
    spec.inputs().forEach(input -> reads.add(place(input)));
    var writes = Set.of(new Place(plan.bucket(), plan.archiveKey()));
    return files(
        new StorageGrant(
            spec.project(), spec.id(), reads, writes, settings.startLimit().plus(MOVING)));
  }

  /** Ends the keys of a job or workspace. Idempotent. */
  void end(ProjectId project, String holder) {
    access.revoke(new StorageGrant(project, holder, Set.of(), Set.of(), Duration.ZERO));
  }

  private static Place place(JobSpec.Input input) {
    return new Place(input.bucket(), input.key());
  }

  private Map<String, String> files(StorageGrant grant) {
    var granted = access.grant(grant).variables();
    var files = new HashMap<String, String>();
    if (granted.containsKey(CREDENTIALS)) {
      files.put("credentials", read(granted.get(CREDENTIALS)));
    } else {
      var lines = granted.get(ACCESS) + "\n" + granted.get(SECRET) + "\n";
      files.put("credentials", lines + granted.getOrDefault(SESSION, ""));
    }
    if (granted.containsKey(CERTIFICATES)) {
      files.put("certificates", read(granted.get(CERTIFICATES)));
    }
    return files;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException trouble) {
      throw new ExternalFailure("storage", true, "cannot read " + file + ": " + trouble, trouble);
    }
  }
}
