package org.balsam.audit.verify;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a bundle, as far as it can be read. */
record Event(long index, Map<String, Object> fields) {

  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  String id() {
    var id = text("id");
    return id == null ? "" : id;
  }

  boolean is(String name, String value) {
    return value.equals(fields.get(name));
  }

  @Nullable Object detail(String name) {
    return fields.get("details") instanceof Map<?, ?> details ? details.get(name) : null;
  }

  @Nullable String detailText(String name) {
    return detail(name) instanceof String text ? text : null;
  }

  /** A detail that is a list of strings; empty if it is anything else. */
  List<String> detailTexts(String name) {
    return detail(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** Whether somebody really did it, rather than tried. */
  boolean isDone() {
    return is("outcome", "done");
  }
}
