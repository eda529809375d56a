package org.balsam.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param readable false if the file is no bundle at all; nothing else was checked then
 * @param events number of events in the bundle
 * @param size number of events under the newest checkpoint
 * @param key the key that the checkpoints were checked with
 * @param findings what does not fit, in the order in which it was met; empty means verified
 * @param notes what the reader has to know to judge the result
 */
public record VerificationReport(
    boolean readable,
    long events,
    long size,
    @Nullable String key,
    List<Finding> findings,
    List<String> notes) {

  /**
   * One thing that does not fit.
   *
   * @param code stable, kebab case
   * @param index the event's place in the tree; null if it is not about an event
   * @param event the event's id, where it can be read
   */
  public record Finding(
      String code, @Nullable Long index, @Nullable String event, String message) {}

  private static final int SHOWN = 50;

  public VerificationReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Whether everything fits. */
  public boolean verified() {
    return readable && findings.isEmpty();
  }

  /** 0 verified, 1 something does not fit, 2 not a readable bundle. */
  public int exitCode() {
    if (!readable) {
      return 2;
    }
    return findings.isEmpty() ? 0 : 1;
  }

  /** For people. */
  public String text() {
    var lines = new ArrayList<String>();
    lines.add(
        verified()
            ? "VERIFIED: %d events, tree of %d, signed by %s".formatted(events, size, key)
            : readable ? "DOES NOT VERIFY: " + count() : "NOT READABLE as an audit bundle");
    for (var finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
      var where = finding.index() == null ? "" : " at index " + finding.index();
      var event = finding.event() == null ? "" : " event " + finding.event();
      lines.add("  [" + finding.code() + "]" + where + event + ": " + finding.message());
    }
    if (findings.size() > SHOWN) {
      lines.add("  … and " + (findings.size() - SHOWN) + " more");
    }
    notes.forEach(note -> lines.add("  note: " + note));
    return String.join("\n", lines) + "\n";
  }

  /** For machines. */
  public String json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("verified", verified());
    object.put("exitCode", exitCode());
    object.put("events", events);
    object.put("size", size);
    object.put("key", key);
    object.put("findings", findings);
    object.put("notes", notes);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String count() {
    return findings.size() == 1 ? "one finding" : findings.size() + " findings";
  }
}
