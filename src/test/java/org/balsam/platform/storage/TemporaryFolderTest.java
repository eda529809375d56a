package org.balsam.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.balsam.kernel.BalsamHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

  @TempDir Path home;

  /** Another process that is killed while it writes. */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      var folder = new TemporaryFolder(new BalsamHome(Path.of(arguments[0])));
      System.out.println(Files.writeString(folder.file("archive", ".zip"), "half"));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void removesWhatAKilledProcessLeftAndNothingOfALivingOne() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var writer =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = writer.inputReader()) {
      var written = Path.of(output.readLine());

      try (var second = new TemporaryFolder(new BalsamHome(home))) {
        assertThat(written).hasContent("half");
        assertThat(second.path()).isNotEqualTo(written.getParent());
      }
      writer.destroyForcibly().waitFor();
      try (var third = new TemporaryFolder(new BalsamHome(home))) {
        assertThat(written.getParent()).doesNotExist();
        assertThat(third.path()).isDirectory();
      }
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void removesItselfAndWhatIsOfNobody() throws IOException {
    var stray = Files.createDirectories(home.resolve("tmp/stray")).resolve("delivery1");
    Files.writeString(stray, "half");
    Path own;
    try (var folder = new TemporaryFolder(new BalsamHome(home))) {
      own = folder.file("archive", ".zip").getParent();
      assertThat(own).startsWith(home.resolve("tmp"));
      assertThat(stray.getParent()).doesNotExist();
    }
    assertThat(own).doesNotExist();
  }
}
