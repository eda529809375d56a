package org.balsam.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalsamHomeTest {

  @TempDir Path folder;

  @Test
  void isMadeForItsOwnerAlone() throws IOException {
    var home = new BalsamHome(folder.resolve("var/balsam"));
    assertThat(Files.getPosixFilePermissions(home.home()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void keepsThePermissionsOfAnExistingFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    new BalsamHome(folder);
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  @Test
  void namesTheKeyWhenItCannotBeMade() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new BalsamHome(file.resolve("home")))
        .hasMessageContaining("balsam.home is " + file.resolve("home"));
  }
}
