package org.balsam.platform.compute.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members of a project may read of a service's log. */
class ServiceLogTest {

  private static final String TOKEN = "ce7e9f70aa11bb22cc33dd44ee55ff66";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 GET /api/kernels/7/channels?session_id=1&token=" + TOKEN + " (127.0.0.1): Kernel",
        "302 GET /login?next=%2Flab%3Ftoken%3D" + TOKEN + " (127.0.0.1)",
        "    http://127.0.0.1:8888/lab?Access_Token=" + TOKEN + "\">",
        "GET /x?X-Amz-Signature=" + TOKEN + "&a=1",
        "GET /x?key=" + TOKEN,
        "{\"Authorization\": \"token " + TOKEN + "\", \"Accept\": \"*/*\"}",
        "  Set-Cookie: username-127-0-0-1=" + TOKEN + "; Path=/",
        "'X-XSRFToken': '" + TOKEN + "'",
        "sent Bearer " + TOKEN,
        "fatal: unable to access 'https://git:" + TOKEN + "@forge.example/lfs.git/'"
      })
  void secretsOfWellKnownPlacesAreLeftOut(String line) {
    var shown = ServiceLog.shown("before\n" + line + "\nafter", List.of());
    assertThat(shown).startsWith("before\n").endsWith("\nafter").contains("***");
    assertThat(shown).doesNotContain(TOKEN);
  }

  @Test
  void whatIsKnownIsLeftOutWhereverItStands() {
    assertThat(ServiceLog.shown("print " + TOKEN + "!", List.of(TOKEN))).isEqualTo("print ***!");
  }

  @Test
  void aLineThatIsCutIsLeftOut() {
    assertThat(ServiceLog.wholeLines("33dd44\none\ntwo\n")).isEqualTo("one\ntwo\n");
    assertThat(ServiceLog.endedLines("one\ntwo\n?token=ce7e")).isEqualTo("one\ntwo\n");
    for (var cut : List.of(TOKEN, "", TOKEN + "\n")) {
      assertThat(ServiceLog.wholeLines(cut)).contains("longer than what is shown");
    }
    assertThat(ServiceLog.endedLines(TOKEN)).contains("longer than what is shown");
  }

  @Test
  void whatIsNoSecretStays() {
    var log =
        """
        [I 2026-11-22 19:00:00.000 ServerApp] Jupyter Server 2.14 is running at:
        404 GET /api/kernels/7/channels?session_id=1&token=%s (127.0.0.1): Kernel does not exist
        Use Control-C to stop this server; the token is not shown
        """;
    assertThat(ServiceLog.shown(log.formatted(TOKEN), List.of())).isEqualTo(log.formatted("***"));
  }
}
