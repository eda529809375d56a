package org.balsam.standard.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;

/** Collects the problems of a file by line; shows the first {@value #LIMIT}. */
public final class LineProblems {

  /** How many problems are shown. */
  public static final int LIMIT = 100;

  private record Entry(int line, String message) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      var order = Integer.compare(line, other.line);
      return order != 0 ? order : message.compareTo(other.message);
    }
  }

  private final String fileName;
  private final TreeSet<Entry> entries = new TreeSet<>();

  /**
   * No problems yet.
   *
   * @param fileName the name to use in messages, for example {@code balsam.yaml}
   */
  public LineProblems(String fileName) {
    this.fileName = fileName;
  }

  /** Adds a problem; the first line is 1. */
  public void add(int line, String message) {
    entries.add(new Entry(line, message));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The lines that have a problem. */
  public Set<Integer> lines() {
    var lines = new HashSet<Integer>();
    entries.forEach(entry -> lines.add(entry.line()));
    return lines;
  }

  /** The refusal that names every problem at {@code FILE:LINE}. */
  public Invalid invalid(ErrorCode code) {
    List<Problem> problems =
        entries.stream()
            .limit(LIMIT)
            .map(entry -> new Problem(fileName + ":" + entry.line(), entry.message()))
            .toList();
    return new Invalid(code, problems);
  }
}
