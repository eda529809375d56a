package org.balsam.standard.gate;

import java.util.ArrayList;
import java.util.List;

/** Counts findings and keeps the first few to show. */
final class FirstRows {

  private static final int SHOWN = 5;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String finding) {
    count++;
    if (first.size() < SHOWN) {
      first.add(finding);
    }
  }

  long count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  @Override
  public String toString() {
    return String.join("; ", first) + (count > SHOWN ? "; and " + (count - SHOWN) + " more" : "");
  }
}
