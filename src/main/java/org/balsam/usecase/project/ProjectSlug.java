package org.balsam.usecase.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.PlainWords;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;

/** Derives a project's id from the name that people give it. */
public final class ProjectSlug {

  private static final int LONGEST = 20;
  private static final int MOST_WORDS = 4;

  private static final Set<String> FILLERS =
      Set.of("a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "och", "av", "i");

  private ProjectSlug() {}

  /**
   * The id for a name: {@code Employment by industry} gives {@code employment-industry}, {@code
   * Åland} {@code aland} and {@code Öland} {@code oland}.
   *
   * @throws Invalid when nothing of the name can be written in an id
   */
  public static ProjectId of(String name) {
    var words = words(name);
    var significant = words.stream().filter(word -> !FILLERS.contains(word)).toList();
    var slug = join(significant.isEmpty() ? words : significant);
    try {
      return new ProjectId(slug);
    } catch (Invalid noId) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "name",
          "no id can be derived from this name; give an id of 3 to 20 characters yourself: lower-case"
              + " words of letters and digits joined by '-', for example emp-industry");
    }
  }

  /**
   * The id for a name in any script: as {@link #of} where that can be, else the beginning of the
   * name's checksum, so that it is the same each time: {@code Απασχόληση} gives {@code p} and 10
   * digits of 0-9 and a-f.
   */
  public static ProjectId ofAny(String name) {
    try {
      return of(name);
    } catch (Invalid noId) {
      return new ProjectId("p" + Sha256.of(name).value().substring(0, 10));
    }
  }

  /**
   * The id for a name whose {@link #ofAny} belongs to a project of another name: shorter, with the
   * beginning of the name's checksum, so that it is the same each time: {@code
   * arbeitsmarkts-x3f2a1}.
   */
  static ProjectId distinct(String name) {
    return shortened(ofAny(name).value(), "-x" + Sha256.of(name).value().substring(0, 5));
  }

  /** A free id like {@code taken}: {@code emp-industry-b}, {@code -c} and so on. */
  static ProjectId alternative(ProjectId taken, Predicate<ProjectId> isTaken) {
    return IntStream.rangeClosed('b', 'z')
        .mapToObj(letter -> shortened(taken.value(), "-" + (char) letter))
        .filter(isTaken.negate())
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_IDENTIFIER,
                    "id",
                    "every id like '" + taken + "' is taken; choose another one"));
  }

  private static ProjectId shortened(String slug, String suffix) {
    var words = new ArrayList<>(List.of(slug.split("-")));
    while (words.size() >= MOST_WORDS) {
      words.remove(words.size() - 1);
    }
    var stem = String.join("-", words);
    var room = LONGEST - suffix.length();
    return new ProjectId(
        (stem.length() > room ? stem.substring(0, room).replaceAll("-+$", "") : stem) + suffix);
  }

  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    PlainWords.of(name).forEach(word -> append(words, word));
    return words;
  }

  /** A word that starts with a digit belongs to the one before it: {@code census2021}. */
  private static void append(List<String> words, String word) {
    if (!Character.isDigit(word.charAt(0))) {
      words.add(word);
    } else if (words.isEmpty()) {
      words.add("p" + word);
    } else {
      words.set(words.size() - 1, words.get(words.size() - 1) + word);
    }
  }

  private static String join(List<String> words) {
    var slug = new StringBuilder();
    for (var word : words.subList(0, Math.min(words.size(), MOST_WORDS))) {
      if (slug.isEmpty()) {
        slug.append(word, 0, Math.min(word.length(), LONGEST));
      } else if (slug.length() + 1 + word.length() <= LONGEST) {
        slug.append('-').append(word);
      } else {
        break;
      }
    }
    return slug.toString();
  }
}
