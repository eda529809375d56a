package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.camunda.bpm.engine.history.HistoricDecisionInputInstance;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.jspecify.annotations.Nullable;

/** The engine's values as the trail holds them: text, whole numbers, truth values. */
final class FactValues {

  private static final int LONGEST = 500;

  private FactValues() {}

  /** The value as a detail; numbers with a fraction as text, moments as RFC 3339. */
  static Object of(@Nullable Object value) {
    if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
      return value;
    }
    if (value instanceof Date date) {
      return date.toInstant().toString();
    }
    return String.valueOf(clipped(value == null ? "" : value.toString()));
  }

  /** At most 500 characters of it. */
  static @Nullable String clipped(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** The entry with one more fact, unless there is none. */
  static AuditEntry with(AuditEntry entry, String name, @Nullable Object value) {
    return value == null ? entry : entry.with(name, value);
  }

  static List<Object> inputs(List<HistoricDecisionInputInstance> inputs) {
    var all = new ArrayList<Object>();
    inputs.forEach(
        input ->
            all.add(
                Map.of(
                    "clause", String.valueOf(input.getClauseName()),
                    "value", of(input.getValue()))));
    return all;
  }

  static List<Object> outputs(List<HistoricDecisionOutputInstance> outputs) {
    var all = new ArrayList<Object>();
    outputs.forEach(
        output ->
            all.add(
                Map.of(
                    "rule", (long) output.getRuleOrder(),
                    "name", String.valueOf(output.getVariableName()),
                    "value", of(output.getValue()))));
    return all;
  }
}
