package org.balsam.standard.promotion;

import java.util.regex.Pattern;
import org.balsam.standard.promotion.CardField.Section;

/** A model card as Markdown. */
final class CardPage {

  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#+\\-.!|~&()=:]");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}]+");

  private final ModelCard card;

  CardPage(ModelCard card) {
    this.card = card;
  }

  String markdown() {
    var page = new StringBuilder("# Model card\n");
    for (var section : Section.values()) {
      page.append("\n## ").append(section.title()).append('\n');
      for (var field : CardField.values()) {
        if (field.section() == section) {
          field(page, field);
        }
      }
    }
    return page.toString();
  }

  private void field(StringBuilder page, CardField field) {
    page.append("\n**").append(field.title()).append("**\n\n");
    var paragraphs = card.text(field);
    if (paragraphs.isEmpty()) {
      page.append("*not filled*\n");
    } else if (paragraphs.size() == 1) {
      page.append(plain(paragraphs.get(0))).append('\n');
    } else {
      paragraphs.forEach(text -> page.append("- ").append(plain(text)).append('\n'));
    }
  }

  /** The text on one line, with everything escaped that Markdown could take for markup. */
  private static String plain(String text) {
    var line = CONTROLS.matcher(text).replaceAll(" ").strip();
    return MARKUP.matcher(line).replaceAll("\\\\$0");
  }
}
