package org.balsam.platform.forge.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;

/** Which names of branches, tags and files are allowed. */
public final class GitNames {

  /** A commit's id. */
  public static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private static final Pattern REF =
      Pattern.compile("(?![0-9a-f]{40}\\z)[a-z0-9][a-z0-9._/-]{0,199}");
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** Below them are branches that Balsam makes: of rounds, of people, of a person's workspaces. */
  private static final Pattern FOLDER = Pattern.compile("round|work|lab(?:/[^/]+)?");

  private static final int LONGEST_PATH = 512;
  private static final int LONGEST_NAME = 255;

  private GitNames() {}

  /** The full name of a branch. */
  public static String branch(String name) {
    return ref("branch", "refs/heads/", name);
  }

  /** The full name of a tag. */
  public static String tag(String name) {
    return ref("tag", "refs/tags/", name);
  }

  /** Whether Balsam's rules must be met to change the branch. */
  public static boolean isProtected(String branch) {
    return branch.equals("main") || branch.startsWith("round/");
  }

  /** Whether branches of Balsam's have their place below this one, so that nobody may have it. */
  public static boolean isFolder(String branch) {
    return FOLDER.matcher(branch).matches();
  }

  /**
   * The path itself, when it is a plain relative path on every operating system.
   *
   * @throws Invalid for anything else
   */
  public static String path(String path) {
    try {
      if (path.length() > LONGEST_PATH || HIDDEN.matcher(path).find()) {
        throw invalidPath(path, "too long, or with a control character");
      }
      for (var name : path.split("/")) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
          throw invalidPath(path, "a file or folder whose name has more than 255 bytes");
        }
      }
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkPath(path);
      return path;
    } catch (CorruptObjectException e) {
      throw invalidPath(path, e.getMessage());
    }
  }

  /** The name without what could mislead a reader, shortened. */
  public static String printable(String name) {
    var shortened = name.length() > 80 ? name.substring(0, 80) + "..." : name;
    return HIDDEN.matcher(shortened).replaceAll("?");
  }

  private static String ref(String what, String prefix, String name) {
    if (!REF.matcher(name).matches() || !Repository.isValidRefName(prefix + name)) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          what,
          "'"
              + printable(name)
              + "' is not a "
              + what
              + "; allowed: 1 to 200 of a-z 0-9 . _ / -, by the rules of git check-ref-format");
    }
    return prefix + name;
  }

  private static Invalid invalidPath(String path, String why) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "path",
        "'"
            + printable(path)
            + "' is not allowed in a repository ("
            + printable(why)
            + "); allowed: relative paths of at most 512 characters without empty, '.', '..' or"
            + " '.git' segments, that every operating system can hold");
  }
}
