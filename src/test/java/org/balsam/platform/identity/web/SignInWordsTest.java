package org.balsam.platform.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class SignInWordsTest {

  private static final Path SOURCES = Path.of("src/main/java/org/balsam/platform/identity");
  private static final Pattern KEY = Pattern.compile("\"([a-z-]+)\"");

  @ParameterizedTest
  @CsvSource({"'sv-SE,en', sv", "'de,sv', sv", "'en-GB,sv', en", "de, en", "'', en"})
  void theFirstLanguageThatThereIsIsSpoken(String wanted, String spoken) {
    var request = new MockHttpServletRequest();
    if (!wanted.isEmpty()) {
      request.setPreferredLocales(
          Pattern.compile(",").splitAsStream(wanted).map(Locale::forLanguageTag).toList());
    }
    var words = new SignInWords(request);
    assertThat(words.language()).isEqualTo(spoken);
    assertThat(words.of("user")).isEqualTo(spoken.equals("sv") ? "Användare" : "User");
  }

  @Test
  void bothLanguagesHaveTheSameKeysAndEachIsUsed() throws IOException {
    var english = keys("sign-in.properties");
    assertThat(keys("sign-in_sv.properties")).isEqualTo(english);
    try (var files = Files.walk(SOURCES)) {
      var used =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(file -> KEY.matcher(read(file)).results())
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      assertThat(used).containsAll(english);
    }
  }

  private static Set<String> keys(String name) throws IOException {
    var properties = new Properties();
    try (var in = SignInWords.class.getResourceAsStream(name)) {
      properties.load(in);
    }
    return properties.stringPropertyNames();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
