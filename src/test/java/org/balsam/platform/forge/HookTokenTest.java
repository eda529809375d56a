package org.balsam.platform.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.platform.forge.ForgeProperties.Hook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookTokenTest {

  private static final String NOW = "the-token-of-now-0123456789abcdef";
  private static final String BEFORE = "the-token-before-0123456789abcdef";

  @TempDir Path temporary;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(temporary.resolve("token"), NOW + "\n" + BEFORE + "\n");
  }

  @Test
  void theTokenBeforeCountsWhileItIsBeingExchanged() throws IOException {
    var hook = new Hook(null, file);
    assertThat(hook.token()).isEqualTo(NOW);
    assertThat(hook.accepts(NOW)).isTrue();
    assertThat(hook.accepts(BEFORE)).isTrue();
    Files.writeString(file, NOW + "\r\n");
    assertThat(hook.accepts(NOW)).isTrue();
    assertThat(hook.accepts(BEFORE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "the-token-of-now", "the-token-of-now-0123456789abcdef "})
  void nothingButTheTokenIsAccepted(String sent) {
    assertThat(new Hook(null, file).accepts(sent)).isFalse();
    assertThat(new Hook(null, file).accepts(NOW + "\n" + BEFORE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "short\n", NOW + "\nshort"})
  void aFileWithoutALongTokenStopsTheStart(String content) throws IOException {
    Files.writeString(file, content);
    refused(file, "at least 32 characters");
  }

  @Test
  void aFileThatCannotBeReadStopsTheStart() {
    refused(temporary.resolve("none"), "cannot be read");
  }

  @Test
  void aFileThatWentAwayIsSaidWithoutItsPlace() throws IOException {
    var hook = new Hook(null, file);
    Files.delete(file);
    assertThatThrownBy(() -> hook.accepts(NOW))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("balsam.forge.gitlab.hook.token-file cannot be read")
        .hasMessageNotContaining(temporary.toString());
    assertThatThrownBy(hook::token).isInstanceOf(ExternalFailure.class);
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> new Hook(null, file))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.forge.gitlab.hook.token-file")
        .hasMessageContaining(why)
        .hasMessageNotContaining(NOW);
  }

  @Test
  void anAddressThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> new Hook(URI.create("ftp://balsam.nsi.example"), file))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.forge.gitlab.hook.url");
  }
}
