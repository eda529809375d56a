package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.balsam.cli.MainProcess.Ending;
import org.balsam.platform.database.EmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command, in a process of its own. */
class DoctorCommandTest {

  private static final List<String> PORTS =
      List.of(
          "compute",
          "database",
          "forge",
          "identity",
          "messaging",
          "registry",
          "storage",
          "templates");

  @TempDir Path folder;

  @Test
  void everythingEmbeddedWorksBeforeTheFirstStart() throws Exception {
    var home = folder.resolve("home");
    var ending = run(Map.of(), "--balsam.home=" + home);
    assertThat(ending.exitCode()).as(ending.output()).isZero();
    assertThat(ending.output().lines())
        .hasSameSizeAs(PORTS)
        .allMatch(line -> line.startsWith("ok  "));
    assertThat(ports(ending)).containsExactlyElementsOf(PORTS);
    assertThat(home.resolve("audit")).as("no trail was begun").doesNotExist();
    assertThat(home.resolve("initial-admin-password")).as("nobody was made").doesNotExist();
    assertThat(run(Map.of(), "--balsam.home=" + home).exitCode()).as("once more").isZero();
  }

  @Test
  void whatDoesNotWorkIsNamedWithWhatToDoWhileTheRestIsTried() throws Exception {
    try (var silent = new ServerSocket(0)) {
      var ending =
          run(
              Map.of("BALSAM_STORAGE_SERVER_SECRETKEY", "top-secret"),
              "--balsam.home=" + folder.resolve("home"),
              "--balsam.database.type=external",
              "--balsam.database.external.url=jdbc:postgresql://127.0.0.1:1/balsam?sslpassword=top-secret",
              "--balsam.database.external.username=u",
              "--balsam.database.external.password=top-secret",
              "--balsam.database.external.owner-username=o",
              "--balsam.database.external.owner-password=top-secret",
              "--balsam.storage.type=minio",
              "--balsam.storage.server.endpoint=http://127.0.0.1:" + silent.getLocalPort(),
              "--balsam.storage.server.access-key=key",
              "--balsam.storage.server.patience=1s",
              "--balsam.storage.server.read-timeout=3s",
              "--balsam.messaging.mail.from=balsam@nsi.example",
              "--balsam.messaging.mail.host=127.0.0.1",
              "--balsam.messaging.mail.port=1");
      assertThat(ending.exitCode()).as(ending.output()).isEqualTo(1);
      assertThat(ports(ending)).containsExactlyElementsOf(PORTS);
      assertThat(ending.output())
          .containsPattern("FAILED  database +postgresql://127.0.0.1:1/balsam \\(")
          .contains("127.0.0.1:1 refused", "check that the server runs")
          .containsPattern("FAILED  storage +minio http://127.0.0.1:" + silent.getLocalPort())
          .containsPattern("FAILED  messaging +inbox, mail")
          .contains("mail: the mail server cannot be reached")
          .containsPattern("ok +compute")
          .containsPattern("ok +forge")
          .doesNotContain("top-secret", "\tat ", "BeanCreation");
    }
  }

  @Test
  void settingsThatMakeNoAdapterAreAFindingOfThatAdapter() throws Exception {
    var ending =
        run(Map.of(), "--balsam.home=" + folder.resolve("home"), "--balsam.storage.type=minio");
    assertThat(ending.exitCode()).isEqualTo(1);
    assertThat(ending.output())
        .containsPattern("FAILED  storage")
        .contains("balsam.storage.server")
        .containsPattern("ok +forge")
        .doesNotContain("\tat ");
  }

  @Test
  void aMistypedSettingIsRefusedAsTheServerDoes() throws Exception {
    var ending = run(Map.of(), "--balsam.storge.type=minio");
    assertThat(ending.exitCode()).isEqualTo(1);
    assertThat(ending.output()).contains("'balsam.storge.type'", "balsam.storage.type");
    assertThat(run(Map.of(), "--verbose").exitCode()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatARunningServerHoldsIsLeftAlone() throws Exception {
    var home = Files.createDirectories(folder.resolve("home"));
    try (var server = EmbeddedDatabase.start(home.resolve("postgresql"), false);
        var connection = server.superuser("postgres")) {
      var ending = run(Map.of(), "--balsam.home=" + home);
      assertThat(ending.exitCode()).isEqualTo(1);
      assertThat(ending.output())
          .containsPattern("FAILED  database")
          .contains("another Balsam (process " + ProcessHandle.current().pid() + ")")
          .containsPattern("ok +storage");
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static List<String> ports(Ending ending) {
    return ending
        .output()
        .lines()
        .filter(line -> line.matches("(ok|FAILED) .*"))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  private Ending run(Map<String, String> environment, String... settings) throws Exception {
    var arguments = new java.util.ArrayList<>(List.of("doctor"));
    arguments.addAll(List.of(settings));
    return new MainProcess(folder).run(environment, arguments);
  }
}
