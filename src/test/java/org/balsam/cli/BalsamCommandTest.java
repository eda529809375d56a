package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.balsam.Balsam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BalsamCommandTest {

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void everyCommandExplainsItself() {
    everyCommand(line())
        .forEach(
            command -> {
              var text = command.getUsageMessage();
              assertThat(text).contains("Usage: " + command.getCommandSpec().qualifiedName());
              assertThat(text.contains("Without a command, the server starts."))
                  .as(text)
                  .isEqualTo(command.getCommandName().equals("balsam"));
            });
  }

  @Test
  void theListOfCommandsHasWholeSentences() {
    assertThat(run("--help")).isZero();
    assertThat(output.toString()).contains("demo      Runs several quarters without a human.\n");
  }

  @Test
  void theDemoStartsFromNothing() throws Exception {
    Files.createFile(folder.resolve("something"));
    assertThat(run("demo", "--home=" + folder)).isEqualTo(2);
    assertThat(errors.toString()).contains(folder + ", which is not empty", "leave --home out");
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("something"));
    assertThat(run("demo", "--quarters=29")).isEqualTo(2);
    assertThat(errors.toString()).contains("--quarters is 29; allowed: 1 to 28");
  }

  private int run(String... arguments) {
    return line().execute(arguments);
  }

  private CommandLine line() {
    return BalsamCommand.commandLine(Balsam.class)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true));
  }

  private static Stream<CommandLine> everyCommand(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().flatMap(BalsamCommandTest::everyCommand));
  }
}
