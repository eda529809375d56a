package org.balsam.platform.compute.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.KubernetesProperties.Profile;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.platform.storage.StorageProperties;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageProperties.StepKeys;
import org.balsam.platform.storage.minio.MinioObjectStore;
import org.balsam.platform.storage.remote.RemoteStorageAccess;
import org.balsam.testing.ScriptedServer;
import org.springframework.util.unit.DataSize;

/** The cluster, a storage server, and a repository that steps and workspaces take code from. */
final class ClusterScene {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  static final Installation INSTALLATION = new Installation("nsi", "prd");
  static final String SECRET = "rootsecret";

  final TestCluster cluster = TestCluster.shared();
  final ObjectStore store;
  final CodeRepository code;
  private final StorageAccess storage;

  ClusterScene(Map<String, String> files) {
    var minio = ScriptedServer.shared("minio");
    var settings =
        Map.of(
            "BALSAM_STORAGE_TYPE",
            "MINIO",
            "BALSAM_STORAGE_SERVER_ENDPOINT",
            minio.address().toString(),
            "BALSAM_STORAGE_SERVER_ACCESSKEY",
            "root",
            "BALSAM_STORAGE_SERVER_SECRETKEY",
            SECRET);
    var server = server(minio.address());
    try {
      var folder = Files.createTempDirectory(cluster.server().folder(), "scene");
      storage =
          new RemoteStorageAccess(
              StorageProperties.Type.MINIO,
              server,
              folder,
              Optional.of(MinioObjectStore.keys(server)));
      store = DetachedStorage.open(folder, settings, folder.resolve("spool"), Clock.systemUTC());
      code = CodeRepository.in(folder.resolve("repository"), files);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    bucket(JobSpecFixture.PROJECT);
  }

  private static Server server(URI address) {
    return new Server(
        address,
        "us-east-1",
        true,
        true,
        null,
        "root",
        SECRET,
        null,
        StepKeys.ASSUME_ROLE,
        null,
        Duration.ofHours(12),
        null,
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(4),
        null,
        Duration.ofMinutes(5),
        DataSize.ofMegabytes(5));
  }

  void bucket(ProjectId project) {
    store.ensureBucket(new BucketNames(INSTALLATION).of(project, "work"), project);
  }

  KubernetesCompute compute(KubernetesProperties settings) {
    return new KubernetesCompute(
        settings,
        INSTALLATION,
        storage,
        store,
        (project, commit, target) -> CodeCheckout.of(Map.of()).fetch(code.uri(), commit, target));
  }

  /** A job's specification with an id of its own. */
  JobSpecFixture spec() {
    return JobSpecFixture.spec()
        .id("lfs-2026-q3-r0-g54-test-" + suffix())
        .code(code.uri(), code.commit());
  }

  static String suffix() {
    var text = Integer.toString(NUMBERS.incrementAndGet(), 36);
    return "0".repeat(4 - text.length()) + text;
  }

  Settings settings() {
    return new Settings(cluster.kubeconfig());
  }

  /** Settings that a test changes. */
  static final class Settings {
    private Path kubeconfig;
    private Duration startLimit = Duration.ofMinutes(5);
    private Duration grace = Duration.ofMinutes(2);
    private Map<String, String> quota = Map.of();
    private List<Profile> profiles = List.of();
    private final Map<String, String> images = new HashMap<>();

    private Settings(Path kubeconfig) {
      this.kubeconfig = kubeconfig;
    }

    Settings kubeconfig(Path file) {
      kubeconfig = file;
      return this;
    }

    Settings startLimit(Duration limit) {
      startLimit = limit;
      return this;
    }

    Settings grace(Duration limit) {
      grace = limit;
      return this;
    }

    Settings quota(Map<String, String> hard) {
      quota = hard;
      return this;
    }

    Settings profile(Profile profile) {
      profiles = List.of(profile);
      return this;
    }

    KubernetesProperties build() {
      return new KubernetesProperties(
          kubeconfig,
          TestCluster.IMAGE,
          images,
          true,
          "balsam-project",
          "balsam/balsam",
          10001,
          startLimit,
          grace,
          3,
          Duration.ofDays(7),
          quota,
          Map.of(),
          profiles,
          new KubernetesProperties.Network(
              List.of("10.1.0.0/16"),
              9000,
              List.of("10.0.0.0/8"),
              List.of("10.0.0.0/8", "169.254.0.0/16"),
              "ingress-nginx"),
          new KubernetesProperties.Workspaces(
              TestCluster.LAB_IMAGE,
              "{workspace}.nsi.example",
              "nginx",
              "standard",
              "2Gi",
              Set.of("work.nsi.example")),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));
    }
  }
}
