package org.balsam.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The names of settings that Balsam and its libraries describe, to find mistyped ones. */
final class KnownSettings {

  private static final String METADATA = "classpath*:META-INF/*spring-configuration-metadata.json";
  private static final int SUGGESTIONS = 3;

  /** By name without hyphens and in lower case; whether further names may follow below it. */
  private final Map<String, Setting> settings = new TreeMap<>();

  private record Setting(String name, boolean open) {}

  /** A name as somebody gave it, and where. */
  record Given(String name, String place) {}

  /** Demands that the name is known. */
  void check(Given given) {
    load();
    if (!isKnown(given.name)) {
      throw new IllegalStateException(
          "The setting '%s' %s is not known. The nearest that are: %s. docs/configuration.md lists Balsam's"
              .formatted(given.name, given.place, nearest(given.name)));
    }
  }

  private boolean isKnown(String name) {
    var canonical = canonical(name);
    for (var end = canonical.length(); end > 0; end = canonical.lastIndexOf('.', end - 1)) {
      var setting = settings.get(canonical.substring(0, end));
      if (setting != null && (end == canonical.length() || setting.open)) {
        return true;
      }
    }
    return false;
  }

  private String nearest(String name) {
    var canonical = canonical(name);
    return String.join(
        ", ",
        settings.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                    (Map.Entry<String, Setting> known) ->
                        -common(known.getKey(), canonical) * 100
                            + Math.abs(known.getKey().length() - canonical.length())))
            .limit(SUGGESTIONS)
            .map(known -> known.getValue().name)
            .toList());
  }

  private static int common(String left, String right) {
    var length = 0;
    while (length < Math.min(left.length(), right.length())
        && left.charAt(length) == right.charAt(length)) {
      length++;
    }
    return length;
  }

  private void load() {
    if (!settings.isEmpty()) {
      return;
    }
    try {
      var json = new ObjectMapper();
      for (var file : new PathMatchingResourcePatternResolver().getResources(METADATA)) {
        try (var content = file.getInputStream()) {
          for (var property : json.readTree(content).path("properties")) {
            var type = property.path("type").asText();
            add(property.path("name").asText(), type.startsWith("java.util.Map"));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void add(String name, boolean open) {
    settings.merge(
        canonical(name),
        new Setting(name, open),
        (one, other) -> new Setting(name, one.open || other.open));
  }

  private static String canonical(String name) {
    return name.replaceAll("\\[[^]]*]", "").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
