package org.balsam.audit.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what does not fit, but not without end. */
final class Findings {

  private static final int MOST = 1000;

  private final List<VerificationReport.Finding> all = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(String code, String message) {
    add(code, null, null, message);
  }

  void add(String code, @Nullable Long index, @Nullable String event, String message) {
    if (all.size() < MOST) {
      all.add(new VerificationReport.Finding(code, index, Text.printable(event), clean(message)));
    }
  }

  void note(String note) {
    notes.add(clean(note));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<VerificationReport.Finding> all() {
    return all;
  }

  List<String> notes() {
    return notes;
  }

  private static String clean(String message) {
    var printable = Text.printable(message);
    return printable == null ? "" : printable;
  }
}
