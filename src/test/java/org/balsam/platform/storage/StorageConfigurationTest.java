package org.balsam.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StorageConfigurationTest {

  @TempDir Path home;

  private ApplicationContextRunner application;

  @EnableConfigurationProperties({BalsamHome.class, Installation.class, StorageProperties.class})
  static class Properties {}

  @BeforeEach
  void describeApplication() {
    application =
        new ApplicationContextRunner()
            .withUserConfiguration(Properties.class, StorageConfiguration.class, BucketNames.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(AuditTrail.class, RecordedAudit::new)
            .withBean(JdbcClient.class, () -> JdbcClient.create(new DriverManagerDataSource()))
            .withPropertyValues("balsam.home=" + home);
  }

  @Test
  void onlyTheAuditedStoreIsPublished() {
    application.run(
        context -> {
          assertThat(context).hasSingleBean(ObjectStore.class);
          assertThat(context.getBean(ObjectStore.class)).isInstanceOf(AuditedObjectStore.class);
          assertThat(home.resolve("objects")).isDirectory();
        });
  }

  @Test
  void theProbeOfTheConfiguredStorageIsPublished() {
    application.run(
        context -> {
          var probe = context.getBean(Probe.class);
          assertThat(probe.port()).isEqualTo("storage");
          assertThat(probe.target()).contains("filesystem").contains(home.toString());
          probe.check();
        });
  }

  @Test
  void aStorageThatDoesNotHoldWhatIsHeldFailsItsProbe() {
    var real = DetachedStorage.filesystem(home.resolve("objects"), Clock.systemUTC());
    var careless =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) ->
                    method.getName().equals("hold") ? null : method.invoke(real, arguments));
    var names = new BucketNames(new Installation("nsi", "dev"));
    var probe = new StorageProbe(careless, names, "s3 https://careless", Clock.systemUTC());
    assertThatThrownBy(probe::check)
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("s3 https://careless destroyed")
        .hasMessageContaining("object lock");
  }

  @Test
  void aBadValueFailsAtStartAndNamesTheKey() {
    application
        .withPropertyValues("balsam.storage.type=tape")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.storage.type")
                    .hasStackTraceContaining("tape"));
    application
        .withPropertyValues("balsam.environment=production")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.environment")
                    .hasStackTraceContaining("prd, tst, dev, lab"));
  }

  @Test
  void aServerNeedsItsAddressAndOneKindOfCredentials() {
    refused("balsam.storage.server.endpoint", "balsam.storage.type=minio");
    refused(
        "balsam.storage.server.endpoint",
        "balsam.storage.type=s3",
        "balsam.storage.server.endpoint=https://s3.nsi.example/path?x=1",
        "balsam.storage.server.access-key=a",
        "balsam.storage.server.secret-key=b");
    refused(
        "balsam.storage.server.credentials-file",
        "balsam.storage.type=s3",
        "balsam.storage.server.endpoint=https://s3.nsi.example",
        "balsam.storage.server.access-key=a");
    refused(
        "balsam.storage.server.part-size",
        "balsam.storage.type=s3",
        "balsam.storage.server.endpoint=https://s3.nsi.example",
        "balsam.storage.server.access-key=a",
        "balsam.storage.server.secret-key=b",
        "balsam.storage.server.part-size=1MB");
    refused(
        "balsam.storage.server.download-endpoint",
        "balsam.storage.type=s3",
        "balsam.storage.server.endpoint=https://s3.nsi.example",
        "balsam.storage.server.access-key=a",
        "balsam.storage.server.secret-key=b",
        "balsam.storage.server.download-endpoint=ftp://s3.nsi.example");
    refused(
        "balsam.storage.server.download-life",
        "balsam.storage.type=s3",
        "balsam.storage.server.endpoint=https://s3.nsi.example",
        "balsam.storage.server.access-key=a",
        "balsam.storage.server.secret-key=b",
        "balsam.storage.server.download-life=7d");
    refused("balsam.storage.quota", "balsam.storage.quota=0B");
    refused("balsam.storage.measure-interval", "balsam.storage.measure-interval=1s");
  }

  private void refused(String key, String... settings) {
    application
        .withPropertyValues(settings)
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining(key));
  }

  @Test
  void eachKindOfServerHasItsAdapterAndIsNotCalledAtStart() {
    for (var type : StorageProperties.Type.values()) {
      application
          .withPropertyValues(
              "balsam.storage.type=" + type,
              "balsam.storage.server.endpoint=http://127.0.0.1:9",
              "balsam.storage.server.access-key=a",
              "balsam.storage.server.secret-key=not-to-be-shown")
          .run(
              context -> {
                assertThat(context).hasSingleBean(ObjectStore.class);
                assertThat(context.getBean(StorageProperties.class).toString())
                    .doesNotContain("not-to-be-shown");
                assertThat(context.getBean(StorageAccess.class).toString())
                    .doesNotContain("not-to-be-shown");
              });
    }
  }
}
