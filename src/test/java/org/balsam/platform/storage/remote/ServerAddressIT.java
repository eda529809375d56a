package org.balsam.platform.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.testing.ChildServer;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server is addressed: TLS by an authority of one's own, buckets in host names. */
class ServerAddressIT {

  @TempDir Path folder;

  private final ScriptedServer server = ScriptedServer.shared("minio-tls");

  private Map<String, String> environment(String type, URI address) {
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_STORAGE_TYPE", type);
    environment.put("BALSAM_STORAGE_SERVER_ENDPOINT", address.toString());
    environment.put("BALSAM_STORAGE_SERVER_ACCESSKEY", "root");
    environment.put("BALSAM_STORAGE_SERVER_SECRETKEY", "rootsecret");
    environment.put("BALSAM_STORAGE_SERVER_PATIENCE", "1s");
    return environment;
  }

  /** In a process of its own, which alone knows the names of hosts. */
  @ParameterizedTest
  @ValueSource(strings = {"minio", "s3"})
  void bucketsMayBeInHostNamesAndTheAuthorityOnesOwn(String type) throws Exception {
    var bucket = "nsi-dev-host" + type + "-raw";
    var hosts = folder.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 s3.localhost\n127.0.0.1 " + bucket + ".s3.localhost\n");
    var address = URI.create("https://s3.localhost:" + server.address().getPort());
    var output = folder.resolve("output");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                ChildServer.classPath(),
                StorageUserMain.class.getName(),
                folder.resolve("spool").toString(),
                bucket)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment(type, address));
    builder.environment().put("BALSAM_STORAGE_SERVER_PATHSTYLE", "false");
    builder
        .environment()
        .put("BALSAM_STORAGE_SERVER_CERTIFICATES", server.folder().resolve("ca.pem").toString());
    var process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).contains("READ a/b.csv");
    assertThat(process.exitValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minio", "s3"})
  void aCertificateOfAnUnknownAuthorityIsRefused(String type) {
    var store =
        DetachedStorage.open(
            folder, environment(type, server.address()), folder, Clock.systemUTC());
    assertThatThrownBy(() -> store.find(new BucketName("nsi-dev-host-raw"), "a"))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("balsam.storage.server.certificates");
  }
}
