package org.balsam.usecase.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.PlainWords;
import org.balsam.kernel.Sha256;

/** Names of the branches that people work on. */
final class BranchNames {

  /** The project's default branch: its id, its name, and its name in Git. */
  static final String MAIN = "main";

  private static final int LONGEST = 40;
  private static final int MOST_WORDS = 8;

  private BranchNames() {}

  /**
   * The id for the name that people give: {@code Rättning 2026} gives {@code rattning-2026}. What
   * cannot be written so is told apart by {@link #distinct digits}: {@code Ανάλυση 2} gives {@code
   * 2-} and six of them.
   */
  static String id(String name) {
    var words = PlainWords.of(name);
    var slug = String.join("-", words);
    var whole =
        !slug.isEmpty()
            && words.size() <= MOST_WORDS
            && slug.length() <= LONGEST
            && !PlainWords.loses(name);
    return whole ? slug : distinct(name);
  }

  /** The id, shortened, with six digits of the name's checksum, the same each time. */
  static String distinct(String name) {
    var words = PlainWords.of(name);
    var slug = String.join("-", words.subList(0, Math.min(MOST_WORDS - 1, words.size())));
    var stem =
        slug.isEmpty()
            ? "b"
            : slug.substring(0, Math.min(LONGEST, slug.length())).replaceAll("-+$", "");
    return stem + "-" + Sha256.of(name).value().substring(0, 6);
  }

  /** The ids that a branch of this name may have, the first that is free. */
  static Set<String> candidates(String name) {
    return new LinkedHashSet<>(List.of(id(name), distinct(name)));
  }

  /** What the branch is called in Git. */
  static String git(String id) {
    return id.equals(MAIN) ? MAIN : "work/" + id;
  }

  /** What the keys of the branch's folder in the bucket {@code work} begin with. */
  static String folder(String id) {
    return "branch/" + id + "/";
  }
}
