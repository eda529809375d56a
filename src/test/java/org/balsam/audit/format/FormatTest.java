package org.balsam.audit.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.balsam.audit.tree.Merkle;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String NOTE_TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";

  @Test
  void writesCanonicalJsonLikeTheReferenceLibrary() throws Exception {
    var value =
        Map.of(
            "\u20ac",
            "Euro \u0080 \u0000 \u001f \" \\ / \b\f\n\r\t",
            "\ud83d\ude00",
            List.of(1, 2L, true, Map.of("b", "x", "a", List.of())),
            "\ufb33",
            CanonicalJson.MAX_INTEGER,
            "1",
            -CanonicalJson.MAX_INTEGER,
            "\r",
            "\u007f\u2028");
    var written = CanonicalJson.write(value);
    assertThat(written).isEqualTo(new JsonCanonicalizer(written).getEncodedString());
    assertThat(CanonicalJson.write(StrictJson.object(written.getBytes("UTF-8"))))
        .isEqualTo(written);
  }

  @Test
  void refusesWhatHasNoExactForm() {
    assertThatThrownBy(() -> CanonicalJson.write(1.5)).hasMessageContaining("Double");
    assertThatThrownBy(() -> CanonicalJson.write(1L << 53)).hasMessageContaining("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{} {}",
        "{",
        "[]",
        "null",
        "",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":1,}"
      })
  void readsNoSloppyJson(String json) {
    assertThatThrownBy(() -> StrictJson.object(json.getBytes("UTF-8")))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void verifiesTheExampleOfTheSignedNoteFormat() {
    var key = VerifierKey.parse(KEY);
    assertThat(key).hasToString(KEY);
    var signature =
        Base64Text.read(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
    var bare = java.util.Arrays.copyOfRange(signature, 4, signature.length);
    assertThat(key.verifies(NOTE_TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8), bare))
        .isTrue();
    assertThat(key.verifies("else".getBytes(java.nio.charset.StandardCharsets.UTF_8), bare))
        .isFalse();
  }

  @Test
  void keepsAKeyOverItsWrittenForm() {
    var key = SigningKey.generate("nsi.example/audit");
    assertThat(SigningKey.parse(key.secret()).verifier()).isEqualTo(key.verifier());
    assertThat(key.toString()).doesNotContain("PRIVATE");
    var other = SigningKey.generate("nsi.example/audit");
    var mixed = key.secret().lines().findFirst().orElseThrow() + "\n" + other.verifier() + "\n";
    assertThatThrownBy(() -> SigningKey.parse(mixed)).hasMessageContaining("together");
  }

  @Test
  void opensOnlyCheckpointsOfItsKey() {
    var key = SigningKey.generate("nsi.example/audit");
    var checkpoint = new Checkpoint("nsi.example/audit", 7, Merkle.empty());
    var note = checkpoint.sign(key);
    assertThat(Checkpoint.open(note, key.verifier())).isEqualTo(checkpoint);

    var other = SigningKey.generate("nsi.example/audit");
    assertThatThrownBy(() -> Checkpoint.open(note, other.verifier()))
        .hasMessageContaining("no valid signature");
    assertThatThrownBy(
            () ->
                Checkpoint.open(
                    new Checkpoint("other", 7, Merkle.empty()).sign(key), key.verifier()))
        .hasMessageContaining("another log");
    for (int i = 0; i < note.length(); i++) {
      var flipped = note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
      assertThatThrownBy(() -> Checkpoint.open(flipped, key.verifier()))
          .as("bit flipped at %d", i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
