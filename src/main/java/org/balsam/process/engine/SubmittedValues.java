package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.PrimitiveValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Judges what a person sends with a task: which variables, of which kind, how long. */
final class SubmittedValues {

  static final int LONGEST_TEXT = 4000;

  /** Control characters except tab and line ends, and characters that reorder or hide text. */
  private static final Pattern UNSAFE =
      Pattern.compile(
          "[\\p{Cntrl}&&[^\\t\\n\\r]]|[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");

  private SubmittedValues() {}

  /**
   * Refuses anything but plain values of writable variables. A variable that is not writable may be
   * sent with the value that it already has: forms send back what they showed. Where {@code
   * choices} offers values for a variable, only those are taken, or none.
   *
   * @throws Invalid with every problem, each pointing at its variable
   */
  static void check(
      Map<String, Object> submitted,
      Predicate<String> isWritable,
      Function<String, Set<String>> choices,
      Function<String, Object> now) {
    var problems = new ArrayList<Problem>();
    for (var name : submitted.keySet()) {
      var where = "/variables/" + printable(name);
      var plain = plain(typed(submitted, name));
      if (!isWritable.test(name)) {
        if (plain == UNFIT || !isSame(plain, now.apply(name))) {
          problems.add(new Problem(where, "is not a field of this task's form"));
        }
      } else {
        var problem = problem(plain, choices.apply(name));
        if (problem != null) {
          problems.add(new Problem(where, problem));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, shortened(problems));
    }
  }

  private static final Object UNFIT = new Object();

  /** Asks for the value without unpacking it: a serialised object stays closed. */
  private static @Nullable Object typed(Map<String, Object> submitted, String name) {
    return submitted instanceof VariableMap map ? map.getValueTyped(name) : submitted.get(name);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof PrimitiveValue<?> primitive) {
      return plain(primitive.getValue());
    }
    if (value instanceof TypedValue typed) {
      if (typed.getType() == null) {
        return plain(typed.getValue()); // Tasklist sends values without naming their type
      }
      return "null".equals(typed.getType().getName()) ? null : UNFIT;
    }
    return value == null
            || value instanceof String
            || value instanceof Boolean
            || value instanceof Number
            || value instanceof Date
        ? value
        : UNFIT;
  }

  private static @Nullable String problem(@Nullable Object value, Set<String> offered) {
    if (value == UNFIT) {
      return "must be a text, a truth value, a number or a date";
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "must be a finite number";
    }
    if (value instanceof String text) {
      if (text.length() > LONGEST_TEXT) {
        return "has " + text.length() + " characters; at most " + LONGEST_TEXT + " are allowed";
      }
      if (UNSAFE.matcher(text).find()) {
        return "holds control characters or characters that change the direction of text";
      }
    }
    var isOffered = offered.isEmpty() || value == null || offered.contains(value.toString());
    return isOffered || "".equals(value) ? null : "decide one of " + String.join(", ", offered);
  }

  private static boolean isSame(@Nullable Object sent, @Nullable Object now) {
    if (sent instanceof Number one && now instanceof Number other) {
      return one.toString().equals(other.toString())
          || Double.compare(one.doubleValue(), other.doubleValue()) == 0;
    }
    return Objects.equals(sent, now)
        || (now == null && "".equals(sent))
        || (sent instanceof String text && now instanceof Date && text.isEmpty());
  }

  private static List<Problem> shortened(List<Problem> problems) {
    return problems.size() <= 20 ? problems : problems.subList(0, 20);
  }

  private static String printable(String name) {
    var cut = name.length() > 80 ? name.substring(0, 80) + "…" : name;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD").replace("~", "~0").replace("/", "~1");
  }
}
