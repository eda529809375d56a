package org.balsam.platform.compute.runner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JavaStep;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Kind;

/** Refuses specifications that are malformed or point out of the working folder. */
public final class SpecCheck {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Set<String> RESERVED = Set.of("PATH", "HOME", "TMPDIR");
  private static final String PATHS =
      "; allowed are relative paths without '.', '..', '\\' or control characters";

  private final List<Invalid.Problem> problems = new ArrayList<>();

  private SpecCheck() {}

  /**
   * Checks every component.
   *
   * @throws Invalid with all problems found
   */
  public static void check(JobSpec spec) {
    var check = new SpecCheck();
    check.code(spec);
    check.files(spec);
    check.environment(spec);
    check.resources(spec.resources());
    check.raise();
  }

  /**
   * Checks where inputs are to be placed.
   *
   * @throws Invalid with all problems found
   */
  public static void checkInputs(List<JobSpec.Input> inputs) {
    var check = new SpecCheck();
    var seen = new HashSet<String>();
    for (int i = 0; i < inputs.size(); i++) {
      check.place("/inputs/" + i + "/path", "in/", inputs.get(i).path(), seen);
    }
    check.raise();
  }

  private void raise() {
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  private void code(JobSpec spec) {
    if (!COMMIT.matcher(spec.code().commit()).matches()) {
      problem("/code/commit", "must be 40 lower-case hexadecimal digits");
    }
    var file = spec.command().file();
    if (spec.command().kind() == Kind.JAVA) {
      if (JavaStep.named(file).isEmpty()) {
        problem(
            "/command/file",
            "'" + shown(file) + "' is not a Java step; allowed are " + JavaStep.names());
      }
    } else if (spec.command().kind() != Kind.COMMAND || file.contains("/")) {
      relative("/command/file", file);
    } else if (file.isEmpty() || file.startsWith("-") || file.indexOf('\0') >= 0) {
      problem("/command/file", "must be the name of a program");
    }
  }

  private void files(JobSpec spec) {
    var seen = new HashSet<String>();
    var node = !spec.command().files().isEmpty();
    for (int i = 0; i < spec.inputs().size(); i++) {
      var folder = node ? JobSpec.Command.NODE : "in/";
      place("/inputs/" + i + "/path", folder, spec.inputs().get(i).path(), seen);
    }
    var outputs = node ? new HashSet<String>() : seen;
    for (int i = 0; i < spec.outputs().size(); i++) {
      var folder = spec.command().outputFolder();
      place("/outputs/" + i + "/path", folder, spec.outputs().get(i).path(), outputs);
    }
    spec.command()
        .files()
        .forEach(
            (path, file) -> {
              relative("/command/files", path);
              relative("/command/files", file);
            });
  }

  private void place(String where, String folder, String path, Set<String> seen) {
    if (!path.startsWith(folder)) {
      problem(where, "'" + path + "' must be under " + folder);
    } else if (relative(where, path) && !seen.add(path)) {
      problem(where, "'" + path + "' is there twice");
    }
  }

  private boolean relative(String where, String path) {
    var bad =
        path.isEmpty()
            || path.length() > 512
            || path.indexOf('\\') >= 0
            || path.chars().anyMatch(Character::isISOControl)
            || List.of(path.split("/", -1)).stream()
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (bad) {
      problem(where, "'" + shown(path) + "' is not a path" + PATHS);
    }
    return !bad;
  }

  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private void environment(JobSpec spec) {
    for (var entry : spec.environment().entrySet()) {
      if (!VARIABLE.matcher(entry.getKey()).matches() || entry.getValue().indexOf('\0') >= 0) {
        problem("/environment", "a name must match " + VARIABLE + " and a value have no NUL");
      } else if (RESERVED.contains(entry.getKey())) {
        problem("/environment/" + entry.getKey(), "is set by the runner and cannot be declared");
      }
    }
  }

  private void resources(JobSpec.Resources resources) {
    range("/resources/cpu", resources.cpu(), 1, 1024);
    range("/resources/memoryMib", resources.memoryMib(), 16, 16 << 20);
    range("/resources/gpu", resources.gpu(), 0, 1024);
    range("/resources/maxOutputBytes", resources.maxOutputBytes(), 1, 1L << 50);
    range("/resources/timeLimit (milliseconds)", millis(resources), 1, 31L * 86_400_000);
  }

  private static long millis(JobSpec.Resources resources) {
    var limit = resources.timeLimit();
    return limit.getSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : limit.toMillis();
  }

  private void range(String where, long value, long least, long most) {
    if (value < least || value > most) {
      problem(where, value + " is not in the range " + least + " to " + most);
    }
  }

  private void problem(String where, String message) {
    problems.add(new Invalid.Problem(where, message));
  }
}
