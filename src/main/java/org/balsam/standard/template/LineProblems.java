package org.balsam.standard.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;

/** Collects the problems of a file by line; shows the first {@value #LIMIT}. */
final class LineProblems {

  static final int LIMIT = 100;

  private record Entry(int line, String message) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      var order = Integer.compare(line, other.line);
      return order != 0 ? order : message.compareTo(other.message);
    }
  }

  private final String fileName;
  private final TreeSet<Entry> entries = new TreeSet<>();

  LineProblems(String fileName) {
    this.fileName = fileName;
  }

  void add(int line, String message) {
    entries.add(new Entry(line, message));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Set<Integer> lines() {
    var lines = new HashSet<Integer>();
    entries.forEach(entry -> lines.add(entry.line()));
    return lines;
  }

  Invalid invalid() {
    List<Problem> problems =
        entries.stream()
            .limit(LIMIT)
            .map(entry -> new Problem(fileName + ":" + entry.line(), entry.message()))
            .toList();
    return new Invalid(ErrorCode.INVALID_PROJECT_FILE, problems);
  }
}
