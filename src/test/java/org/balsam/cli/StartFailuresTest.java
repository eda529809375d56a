package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.balsam.cli.MainProcess.Ending;
import org.balsam.platform.database.EmbeddedDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real application where it cannot start, and reads what a person would read. */
class StartFailuresTest {

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void workInAnEmptyFolder() throws IOException {
    home = folder.resolve("home");
    Files.createDirectories(folder.resolve("work"));
  }

  @Test
  void aPortInUseIsNamedBeforeAnythingIsMade() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var port = String.valueOf(taken.getLocalPort());
      refused(
          start("--balsam.home=" + home, "--server.port=" + port), port, "--server.port=NUMBER");
    }
    refused(start("--balsam.home=" + home, "--server.port=65536"), "65536", "1 to 65535");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() throws Exception {
    refused(
        start("--balsam.home=" + home, "--server.address=192.0.2.1", "--balsam.demo.enabled=false"),
        "192.0.2.1",
        "none of this machine");
  }

  @Test
  void aMistypedSettingIsNamedWithTheNearestOnes() throws Exception {
    refused(start("--balsam.hom=" + home), "'balsam.hom' on the command line", "balsam.home");
    refused(start("--balsam.home=" + home, "--server.prot=1"), "'server.prot'", "server.port");
    Files.writeString(folder.resolve("work/application.yaml"), "balsam.hme: x\n");
    refused(start("--balsam.home=" + home), "'balsam.hme' in a configuration file");
  }

  @Test
  void anUnknownOptionIsWrongUse() throws Exception {
    for (var arguments : List.of(List.of("--frobnicate"), List.of("serve", "--port", "9090"))) {
      var ending = start(arguments.toArray(String[]::new));
      assertThat(ending.exitCode()).isEqualTo(2);
      assertThat(ending.output()).contains("Unknown option").doesNotContain("\tat ");
    }
  }

  @Test
  void aValueThatIsNotAllowedIsNamedWithThoseThatAre() throws Exception {
    refused(start("--balsam.home=" + home, "--server.port=abc"), "server.port", "abc");
    refused(
        start("--balsam.home=" + home, "--balsam.organisation=A B"),
        "balsam.organisation",
        "lower-case");
    refused(
        start("--balsam.home=" + home, "--balsam.database.type=oracle"),
        "balsam.database.type",
        "oracle",
        "EMBEDDED");
  }

  @Test
  void aMalformedFileIsNamedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("work/application.yaml"), "balsam:\n  home: [\nb: }\n");
    refused(start(), "not valid YAML", "line 3", folder.resolve("work").toRealPath().toString());
  }

  @Test
  void aMissingFolderOfSettingsIsNamed() throws Exception {
    refused(start("--spring.config.additional-location=file:/nowhere/at/all/"), "/nowhere/at/all/");
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "x");
    refused(start("--balsam.home=" + file), file.toString(), "which is a file");
    refused(start("--balsam.home=/proc/balsam"), "/proc/balsam", "cannot be made");
  }

  @Test
  void aDamagedDatabaseIsNamedWithTheServersReason() throws Exception {
    var data = Files.createDirectories(home.resolve("postgresql/data"));
    Files.writeString(data.resolve("stray"), "x");
    refused(start("--balsam.home=" + home), data.toString(), "exists but is not empty", "backup");
    Files.writeString(home.resolve("postgresql/passwords"), "one\n");
    refused(start("--balsam.home=" + home), "passwords is damaged", "three lines", "backup");
    assertThat(data).isDirectoryNotContaining("glob:**/PG_VERSION");
  }

  @Test
  void anExternalDatabaseThatDoesNotAnswerIsNamed() throws Exception {
    refused(
        startWithDatabase("jdbc:postgresql://127.0.0.1:1/balsam"),
        "127.0.0.1:1 refused",
        "balsam.database.external");
  }

  @Test
  void aDatabasesUrlThatCannotBeReadIsNamedAndNotShown() throws Exception {
    refused(
        startWithDatabase("jdbc:postgresql://127.0.0.1:1/balsam?sslpassword=%top-secret"),
        "balsam.database.external.url",
        "two hexadecimal digits");
  }

  private Ending startWithDatabase(String url) throws IOException, InterruptedException {
    return start(
        "--balsam.home=" + home,
        "--balsam.database.type=external",
        "--balsam.database.external.url=" + url,
        "--balsam.database.external.username=u",
        "--balsam.database.external.password=top-secret",
        "--balsam.database.external.owner-username=o",
        "--balsam.database.external.owner-password=top-secret");
  }

  @Test
  void aSecondBalsamLeavesTheFirstOnesDatabaseAlone() throws Exception {
    Files.createDirectories(home);
    try (var first = EmbeddedDatabase.start(home.resolve("postgresql"), false);
        var connection = first.superuser("postgres")) {
      refused(
          start("--balsam.home=" + home),
          "another Balsam (process " + ProcessHandle.current().pid() + ")",
          home.toString(),
          "--balsam.home=DIR");
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  /** One message, no trace, nothing secret. */
  private static void refused(Ending ending, String... named) {
    assertThat(ending.output()).contains(named).contains("Action:");
    assertThat(ending.output()).containsOnlyOnce("APPLICATION FAILED TO START");
    assertThat(ending.output())
        .doesNotContain("\tat ", "Caused by", " WARN ", "top-secret", "BeanCreationException");
    assertThat(ending.exitCode()).isEqualTo(1);
  }

  private Ending start(String... arguments) throws IOException, InterruptedException {
    return new MainProcess(folder).run(withFreePort(arguments));
  }

  private static List<String> withFreePort(String... arguments) {
    var all = new ArrayList<String>();
    if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--server.port="))
        && Stream.of(arguments).allMatch(argument -> argument.contains("="))) {
      all.add("--server.port=0");
    }
    all.addAll(List.of(arguments));
    return all;
  }
}
