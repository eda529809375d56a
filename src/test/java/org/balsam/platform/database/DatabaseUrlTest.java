package org.balsam.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.balsam.kernel.Invalid;
import org.balsam.platform.database.DatabaseProperties.External;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is refused is shown nowhere: not in the exception, not in the driver's log. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseUrlTest {

  private static External external(String url) {
    return new External(url, "app", "top-secret", "owner", "top-secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:balsam",
        "jdbc:postgresql:///balsam",
        "jdbc:postgresql://db.nsi.example/balsam?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "jdbc:postgresql://a:5432,b:5433/balsam?targetServerType=primary",
        "jdbc:postgresql://[::1]:5432/balsam%20one?sslpassword=top%26secret&ssl",
      })
  void whatTheDriverUnderstandsIsAllowedAndShownWithoutItsParameters(String url) {
    assertThat(external(url).url()).isEqualTo(url);
    assertThat(external(url).toString())
        .contains(url.replace("jdbc:", "").split("[?]")[0], "app", "owner")
        .doesNotContain("secret", "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "top-secret",
        "postgresql://h/balsam?sslpassword=top-secret",
        "jdbc:postgresql://user:top-secret@h/balsam",
        "jdbc:postgresql://h:top-secret/balsam",
        "jdbc:postgresql://h/balsam&password=top-secret",
        "jdbc:postgresql://h",
        "jdbc:mysql://h/balsam?password=top-secret",
      })
  void whatIsNoUrlOfAPostgresqlIsToldTheForm(String url, CapturedOutput output) {
    refused(url, "is not of the form jdbc:postgresql://HOST:PORT/DATABASE", output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password=top-secret", "ssl&PassWord=top-secret", "user=top-secret", "password"})
  void aLoginDoesNotBelongThere(String parameters, CapturedOutput output) {
    refused("jdbc:postgresql://h/balsam?" + parameters, ".owner-password", output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/balsam?sslpassword=%top-secret",
        "jdbc:postgresql://h/balsam?sslpassword=top-secret%",
        "jdbc:postgresql://h:65536/balsam?sslpassword=top-secret",
        "jdbc:postgresql://h/top-secret%ZZ",
      })
  void whatTheDriverCannotDecodeIsNotShown(String url, CapturedOutput output) {
    refused(url, "two hexadecimal digits", output);
  }

  private static void refused(String url, String message, CapturedOutput output) {
    assertThatThrownBy(() -> external(url))
        .isInstanceOf(Invalid.class)
        .hasNoCause()
        .hasMessageStartingWith("balsam.database.external.url: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
    assertThat(output).doesNotContain("secret");
  }

  @Test
  void anAddressHasNoParameters() {
    var access =
        new DatabaseAccess("jdbc:postgresql://h/b?sslpassword=top-secret", "a", "x", "o", "x");
    assertThat(access).hasToString("DatabaseAccess[postgresql://h/b as a, owner o]");
  }
}
