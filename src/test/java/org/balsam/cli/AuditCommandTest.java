package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.Balsam;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.database.EmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import picocli.CommandLine;

class AuditCommandTest {

  @TempDir Path folder;
  final StringWriter output = new StringWriter();
  final StringWriter errors = new StringWriter();

  @Test
  void exportsAndVerifiesAHomeWithAndWithoutARunningServer() {
    var home = folder.resolve("home");
    var bundle = folder.resolve("bundle.zip");
    try (var context =
        new SpringApplicationBuilder(Balsam.class)
            .web(WebApplicationType.SERVLET)
            .run(
                "--balsam.home=" + home,
                "--server.port=0",
                "--camunda.bpm.job-execution.enabled=false")) {
      context.getBean(AuditTrail.class).record(AuditEntry.done("thing.done", "p", "s"));
      assertThat(run("export", bundle.toString(), "--home", home.toString())).isZero();
      assertThat(run("verify", bundle.toString())).isZero();
      assertUnknownProject(home);
      assertThat(EmbeddedDatabase.running(home.resolve("postgresql"), "balsam")).isPresent();
    }
    assertThat(EmbeddedDatabase.running(home.resolve("postgresql"), "balsam")).isEmpty();
    output.getBuffer().setLength(0);
    assertThat(run("export", bundle.toString(), "--home", home.toString())).isZero();
    assertThat(run("verify", "--json", bundle.toString())).isZero();
    assertThat(output.toString()).contains("\"verified\" : true");
    assertThat(EmbeddedDatabase.running(home.resolve("postgresql"), "balsam")).isEmpty();
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(run("export", folder.resolve("x.zip").toString(), "--home", folder.toString()))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("holds no database", "--url");
    assertThat(folder.resolve("x.zip")).doesNotExist();
    var file = folder.resolve("x.zip").toString();
    var nowhere = folder.resolve("no/x.zip").toString();
    assertThat(run("export", nowhere, "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(errors.toString()).contains("no is missing or cannot be written to");
    assertThat(run("export", file, "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(errors.toString()).contains("no server answers at http://127.0.0.1:1");
    errors.getBuffer().setLength(0);
    assertThat(run("verify", folder.resolve("absent.zip").toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("there is no file", "absent.zip");
    assertThat(output.toString()).isEmpty();
    var text = Files.writeString(folder.resolve("key.txt"), "x");
    assertThat(run("verify", text.toString(), "--checkpoint", folder.resolve("no").toString()))
        .isEqualTo(2);
  }

  private void assertUnknownProject(Path home) {
    var file = folder.resolve("unknown.zip");
    assertThat(run("export", file.toString(), "--home", home.toString(), "--project", "nowhere"))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("the audit trail knows no project 'nowhere'");
    assertThat(file).doesNotExist();
    errors.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    return new CommandLine(new AuditCommand())
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
