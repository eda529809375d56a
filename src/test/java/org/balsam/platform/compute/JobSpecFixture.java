package org.balsam.platform.compute;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec.Code;
import org.balsam.platform.compute.JobSpec.Command;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.JobSpec.Output;
import org.balsam.platform.compute.JobSpec.Resources;

/** Builds specifications for tests. */
public final class JobSpecFixture {

  public static final BucketName BUCKET = new BucketName("nsi-prd-lfs-work");
  public static final ProjectId PROJECT = new ProjectId("lfs");

  private String id = "lfs-2026-q3-r0-g54-impute-a1b2";
  private Code code = new Code(URI.create("file:///none"), "0".repeat(40));
  private final List<Input> inputs = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private Command command = new Command(Kind.COMMAND, "true", List.of());
  private int memoryMib = 512;
  private Duration timeLimit = Duration.ofMinutes(1);
  private long maxOutputBytes = 10 << 20;
  private NetworkClass network = NetworkClass.OFFLINE;
  private String image = "";
  private int gpu;
  private ProjectId project = PROJECT;

  public static JobSpecFixture spec() {
    return new JobSpecFixture();
  }

  public JobSpecFixture id(String id) {
    this.id = id;
    return this;
  }

  public JobSpecFixture code(URI repository, String commit) {
    this.code = new Code(repository, commit);
    return this;
  }

  public JobSpecFixture input(String path, String key, String versionId, long size, Sha256 sha256) {
    inputs.add(new Input(path, BUCKET, key, versionId, size, sha256));
    return this;
  }

  public JobSpecFixture environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public JobSpecFixture output(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    outputs.add(new Output("out/result", path, BUCKET, "2026-q3/r0/out/result/b001/" + name));
    return this;
  }

  public JobSpecFixture run(Kind kind, String file, String... arguments) {
    command = new Command(kind, file, List.of(arguments));
    return this;
  }

  /** A node with these files of the repository. */
  public JobSpecFixture node(Kind kind, String file, Map<String, String> files) {
    command = new Command(kind, file, List.of(), files);
    return this;
  }

  /** A node's output of which there may be many. */
  public JobSpecFixture kept(String path) {
    outputs.add(new Output("proc/kept", path, BUCKET, "2026-q3/r0/proc/kept/b001/"));
    return this;
  }

  public JobSpecFixture shell(String script) {
    return run(Kind.COMMAND, "sh", "-c", script);
  }

  public JobSpecFixture memoryMib(int memoryMib) {
    this.memoryMib = memoryMib;
    return this;
  }

  public JobSpecFixture timeLimit(Duration timeLimit) {
    this.timeLimit = timeLimit;
    return this;
  }

  public JobSpecFixture maxOutputBytes(long maxOutputBytes) {
    this.maxOutputBytes = maxOutputBytes;
    return this;
  }

  public JobSpecFixture network(NetworkClass network) {
    this.network = network;
    return this;
  }

  public JobSpecFixture image(String image) {
    this.image = image;
    return this;
  }

  public JobSpecFixture gpu(int gpu) {
    this.gpu = gpu;
    return this;
  }

  public JobSpecFixture project(ProjectId project) {
    this.project = project;
    return this;
  }

  public JobSpec build() {
    return new JobSpec(
        new JobId(id),
        project,
        code,
        inputs,
        command,
        environment,
        outputs,
        new Resources(1, memoryMib, gpu, timeLimit, maxOutputBytes),
        network,
        image);
  }
}
