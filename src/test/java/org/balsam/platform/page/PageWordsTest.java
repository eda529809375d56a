package org.balsam.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Every text of the server's own pages exists in every language, and none is there for nothing. */
class PageWordsTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern KEY = Pattern.compile("\"((?:error|launch|sign-in)\\.[a-z.-]+)\"");
  private static final Pattern COMPUTED = Pattern.compile("\\bwords\\.of\\([^)]*\"\\s*\\+");
  private static final Pattern PLACE = Pattern.compile("%\\S?\\S?\\S?");

  @ParameterizedTest
  @CsvSource({"'sv-SE,en', sv", "'de,sv', sv", "'en-GB,sv', en", "de, en", "'', en"})
  void theFirstLanguageThatThereIsIsSpoken(String wanted, String spoken) {
    var words = new PageWords(asking(wanted));
    assertThat(words.language()).isEqualTo(spoken);
    assertThat(words.of("sign-in.user")).isEqualTo(spoken.equals("sv") ? "Användare" : "User");
  }

  @Test
  void valuesAreEscapedAndPutInTheirPlaces() {
    assertThat(new PageWords(asking("en")).of("launch.parameter", "<%s> & \"é\""))
        .isEqualTo("parameter &lt;%s&gt; &amp; &quot;é&quot;");
  }

  @Test
  void thePageSaysItsLanguageAndStaysBelowThePrefix() {
    var request = asking("sv");
    request.setContextPath("/a&b");
    assertThat(new PageFrame(request).page("Namn", "Rubrik", "<p>50 % klart</p>"))
        .contains("<html lang=\"sv\">", "<title>Namn – Balsam</title>", "<h1>Rubrik</h1>")
        .contains("href=\"/a&amp;b/login.css\"", "<p>50 % klart</p>");
  }

  @Test
  void everyKeyThatIsWrittenIsThereAndNoneIsThereForNothing() throws IOException {
    var used = new TreeSet<String>();
    for (var source : sourcesWithWords()) {
      assertThat(COMPUTED.matcher(source).find()).as("keys are written out").isFalse();
      KEY.matcher(source).results().map(found -> found.group(1)).forEach(used::add);
    }
    assertThat(used).hasSizeGreaterThan(30);
    assertThat(texts("pages.properties").keySet()).isEqualTo(used);
    assertThat(texts("pages_sv.properties").keySet()).isEqualTo(used);
  }

  @Test
  void bothLanguagesSayTheSameValues() throws IOException {
    var swedish = texts("pages_sv.properties");
    texts("pages.properties")
        .forEach(
            (key, text) -> {
              assertThat(places(text)).as(key).allMatch(place -> place.matches("%[1-9][$]s"));
              assertThat(places(swedish.get(key))).as(key).isEqualTo(places(text));
            });
  }

  private static MockHttpServletRequest asking(String languages) {
    var request = new MockHttpServletRequest();
    if (!languages.isEmpty()) {
      request.setPreferredLocales(
          Arrays.stream(languages.split(",")).map(Locale::forLanguageTag).toList());
    }
    return request;
  }

  private static List<String> sourcesWithWords() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(PageWordsTest::read)
          .filter(source -> source.contains("PageWords") || source.contains("PageFrame"))
          .toList();
    }
  }

  private static TreeSet<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> texts(String name) throws IOException {
    var properties = new Properties();
    try (var in =
        new InputStreamReader(PageWords.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    var texts = new TreeMap<String, String>();
    properties.forEach((key, text) -> texts.put((String) key, (String) text));
    return texts;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
