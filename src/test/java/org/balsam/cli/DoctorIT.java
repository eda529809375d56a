package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.balsam.cli.MainProcess.Ending;
import org.balsam.kernel.BucketName;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.StorageProperties;
import org.balsam.platform.storage.minio.MinioObjectStore;
import org.balsam.platform.storage.remote.ServerKeys;
import org.balsam.testing.ScriptedServer;
import org.balsam.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The real command against a real MinIO, with keys that may do less than Balsam needs. */
class DoctorIT {

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::*"]},
      {"Effect":"Deny","Action":["%s"],"Resource":["arn:aws:s3:::*"]}]}""";

  @TempDir Path folder;

  private final DatabaseAccess database = TestDatabase.create();
  private final ScriptedServer minio = ScriptedServer.shared("minio");
  private final ServerKeys.Pair all = new ServerKeys.Pair("root", "rootsecret", null);

  @ParameterizedTest
  @CsvSource({
    "deca, s3:CreateBucket",
    "decb, s3:PutObjectLegalHold",
    "decc, s3:DeleteObjectVersion",
  })
  void aMissingRightIsNamedAsTheServerNamesIt(String organisation, String right) throws Exception {
    var less = less(right);
    var ending = run(organisation, less);
    assertThat(ending.exitCode()).as(ending.output()).isEqualTo(1);
    assertThat(ending.output())
        .containsPattern("FAILED  storage +minio " + minio.address())
        .contains("the access key needs ", right, organisation + "-dev-balsam-probe-work", "403")
        .doesNotContain(less.secret(), less.session(), "\tat ");
  }

  @Test
  void nothingStaysBehind() throws Exception {
    assertThat(run("decz", all).exitCode()).isZero();
    var less = less("s3:PutObjectLegalHold");
    assertThat(run("decz", less).exitCode()).isEqualTo(1);
    var store =
        DetachedStorage.open(
            folder.resolve("none"), environment(all), folder.resolve("spool"), Clock.systemUTC());
    try (var versions = store.versions(new BucketName("decz-dev-balsam-probe-work"), "probe")) {
      assertThat(versions).isEmpty();
    }
  }

  @Test
  void aWrongSecretIsNamed() throws Exception {
    var ending = run("decw", new ServerKeys.Pair("root", "not-the-secret", null));
    assertThat(ending.exitCode()).isEqualTo(1);
    assertThat(ending.output())
        .contains("the access key needs s3:", "or its secret is wrong")
        .doesNotContain("not-the-secret");
  }

  private Ending run(String organisation, ServerKeys.Pair keys) throws Exception {
    return new MainProcess(folder)
        .run(
            environment(keys),
            List.of(
                "doctor",
                "--balsam.home=" + folder.resolve("home"),
                "--balsam.organisation=" + organisation));
  }

  private Map<String, String> environment(ServerKeys.Pair keys) {
    var environment = new java.util.HashMap<String, String>();
    environment.put("BALSAM_DATABASE_TYPE", "external");
    environment.put("BALSAM_DATABASE_EXTERNAL_URL", database.url());
    environment.put("BALSAM_DATABASE_EXTERNAL_USERNAME", database.user());
    environment.put("BALSAM_DATABASE_EXTERNAL_PASSWORD", database.password());
    environment.put("BALSAM_DATABASE_EXTERNAL_OWNERUSERNAME", database.owner());
    environment.put("BALSAM_DATABASE_EXTERNAL_OWNERPASSWORD", database.ownerPassword());
    environment.put("BALSAM_STORAGE_TYPE", "minio");
    environment.put("BALSAM_STORAGE_SERVER_ENDPOINT", minio.address().toString());
    environment.put("BALSAM_STORAGE_SERVER_ACCESSKEY", keys.access());
    environment.put("BALSAM_STORAGE_SERVER_SECRETKEY", keys.secret());
    if (keys.session() != null) {
      environment.put("BALSAM_STORAGE_SERVER_SESSIONTOKEN", keys.session());
    }
    return environment;
  }

  /** A key with which one thing cannot be done. */
  private ServerKeys.Pair less(String right) throws Exception {
    var settings =
        Map.of(
            "balsam.storage.type", "minio",
            "balsam.storage.server.endpoint", minio.address().toString(),
            "balsam.storage.server.access-key", all.access(),
            "balsam.storage.server.secret-key", all.secret());
    var server =
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("balsam.storage", StorageProperties.class)
            .get()
            .requireServer();
    return MinioObjectStore.keys(server)
        .issue(POLICY.formatted(right), "doctor", Duration.ofHours(1));
  }
}
