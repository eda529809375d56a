package org.balsam.usecase.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ItemTextTest {

  private static ItemText text(String path, String content) {
    return ItemText.of(path, content.getBytes(StandardCharsets.UTF_8), ItemLanguage.EN);
  }

  @Test
  void theLanguageIsWhatTheTextSaysOrShows() {
    assertThat(text("a.md", "---\nlang: sv-SE\n---\nThe of and to in is").language())
        .isEqualTo(ItemLanguage.SV);
    assertThat(text("a.md", "---\nlanguage: fi\n---\nx").language()).isEqualTo(ItemLanguage.OTHER);
    assertThat(text("a.md", "Det här är en text som handlar om hur vi kan göra").language())
        .isEqualTo(ItemLanguage.SV);
    assertThat(text("a.txt", "This is the way that it is done by us").language())
        .isEqualTo(ItemLanguage.EN);
    assertThat(text("a.txt", "x = 1").language()).isEqualTo(ItemLanguage.EN);
  }

  @Test
  void theTitleIsTheHeadingOrTheName() {
    assertThat(text("d/a.md", "---\ntitle: \"A guide\"\n---\n# Other").title())
        .isEqualTo("A guide");
    assertThat(text("d/a.md", "text\n\n## The *heading*\n").title()).isEqualTo("The heading");
    assertThat(text("d/a.md", "text").title()).isEqualTo("a.md");
    assertThat(
            text(
                    "d/a.ipynb",
                    "{\"nbformat\":4,\"cells\":[{\"cell_type\":\"markdown\",\"source\":[\"# Book\"]}]}")
                .title())
        .isEqualTo("Book");
  }

  @Test
  void whatTheDatabaseCannotHoldOrMisleadsIsNotKept() {
    var read = text("a.md", "# a\u202eb\u0007c\n\nx\u200by \uFFFE");
    assertThat(read.title()).isEqualTo("abc");
    assertThat(read.words()).doesNotContain("\u202e", "\u0007", "\u200b", "\uFFFE");
    assertThat(ItemText.of("b.bin", new byte[] {0, 1}, ItemLanguage.EN).words()).isEmpty();
  }
}
