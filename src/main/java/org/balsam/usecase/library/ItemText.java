package org.balsam.usecase.library;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.Texts;

/**
 * What a file says: its title, language and words for the index.
 *
 * @param words at most 100,000 characters, for the index
 */
record ItemText(String title, ItemLanguage language, String words) {

  private static final int MOST_WORDS = 100_000;
  private static final int LARGEST_READ = 1 << 20;
  private static final Pattern FRONT =
      Pattern.compile("\\A---\\R(.{0,4000}?)\\R---\\R", Pattern.DOTALL);
  private static final Pattern LANGUAGE =
      Pattern.compile("(?m)^lang(?:uage)?:[ \\t]*[\"']?([A-Za-z_-]{2,11})[\"']?[ \\t]*$");
  private static final Pattern TITLE =
      Pattern.compile("(?m)^title:[ \\t]*[\"']?([^\\r\\n]{1,200}?)[\"']?[ \\t]*$");
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}&&[^\\t\\n\\r]]");

  /** Reads a file; one that is no text has the words of its name only. */
  static ItemText of(String path, byte[] content, ItemLanguage otherwise) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var text = content.length > LARGEST_READ ? Optional.<String>empty() : decoded(content);
    if (text.isEmpty()) {
      return new ItemText(name, otherwise, "");
    }
    var lower = name.toLowerCase(Locale.ROOT);
    if (isMarkdown(lower)) {
      return markdown(name, text.get(), otherwise);
    }
    return lower.endsWith(".ipynb")
        ? Notebook.read(content)
            .map(book -> of(book.heading().orElse(name), book.plain(), otherwise))
            .orElse(new ItemText(name, otherwise, ""))
        : of(name, text.get(), otherwise);
  }

  static boolean isMarkdown(String lowerCaseName) {
    return lowerCaseName.endsWith(".md") || lowerCaseName.endsWith(".markdown");
  }

  /** The text of a file in UTF-8; empty for one that is none. */
  static Optional<String> decoded(byte[] content) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** The text without the metadata that it begins with. */
  static String withoutFront(String text) {
    return FRONT.matcher(text).replaceFirst("");
  }

  private static ItemText markdown(String name, String text, ItemLanguage otherwise) {
    var found = FRONT.matcher(text);
    var front = found.find() ? found.group(1) : "";
    var body = withoutFront(text);
    var title = TITLE.matcher(front);
    var shown = title.find() ? title.group(1) : Markdown.heading(body).orElse(name);
    var read = of(shown, Markdown.plain(body), otherwise);
    var tag = LANGUAGE.matcher(front);
    return tag.find()
        ? ItemLanguage.ofTag(tag.group(1))
            .map(language -> new ItemText(read.title, language, read.words))
            .orElse(read)
        : read;
  }

  private static ItemText of(String title, String words, ItemLanguage otherwise) {
    var clean = HIDDEN.matcher(words).replaceAll(" ");
    var shown = HIDDEN.matcher(title).replaceAll("").strip();
    return new ItemText(
        Texts.atMost(200, shown.isEmpty() ? "-" : shown),
        ItemLanguage.guess(clean, otherwise),
        clean.length() > MOST_WORDS ? clean.substring(0, MOST_WORDS) : clean);
  }
}
