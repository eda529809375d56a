package org.balsam.usecase.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.platform.storage.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a dataset, file by file.
 *
 * @param changes files that are new, missing or changed, by key
 * @param bytes how much larger the second one is
 * @param rows how many more data rows it has
 */
public record DatasetDiff(List<Change> changes, int unchanged, long bytes, long rows) {

  /** What happened to a file. */
  public enum Kind {
    NEW,
    MISSING,
    CHANGED;

    /** The writing in the API. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One file that differs; sizes in bytes, 0 where it does not exist. */
  public record Change(
      Kind kind, String key, long sizeBefore, long sizeAfter, long rowsBefore, long rowsAfter) {}

  static DatasetDiff between(Manifest before, Manifest after) {
    var old = byKey(before);
    var now = byKey(after);
    var changes = new ArrayList<Change>();
    for (var entry : now.values()) {
      var former = old.get(entry.key());
      if (former == null || !former.sha256().equals(entry.sha256())) {
        changes.add(change(former == null ? Kind.NEW : Kind.CHANGED, former, entry));
      }
    }
    for (var entry : old.values()) {
      if (!now.containsKey(entry.key())) {
        changes.add(change(Kind.MISSING, entry, null));
      }
    }
    var differing = changes.stream().filter(change -> change.kind != Kind.MISSING).count();
    return new DatasetDiff(
        List.copyOf(changes),
        (int) (now.size() - differing),
        after.bytes() - before.bytes(),
        after.rows() - before.rows());
  }

  /** One line for a person, naming at most {@code names} files of each kind. */
  String summary(int names) {
    return "%s; %s; %s; %d unchanged; %+d %s, %+d bytes"
        .formatted(
            count(Kind.NEW, names),
            count(Kind.MISSING, names),
            count(Kind.CHANGED, names),
            unchanged,
            rows,
            Math.abs(rows) == 1 ? "row" : "rows",
            bytes);
  }

  private String count(Kind kind, int names) {
    var keys = changes.stream().filter(change -> change.kind == kind).map(Change::key).toList();
    // what a round needs and does not have is called missing
    var label = keys.size() + " " + (kind == Kind.MISSING ? "no longer there" : kind.value());
    if (keys.isEmpty()) {
      return label;
    }
    var shown = keys.stream().limit(names).collect(Collectors.joining(", "));
    return label + " (" + shown + (keys.size() > names ? ", …" : "") + ")";
  }

  private static Map<String, Manifest.Entry> byKey(Manifest manifest) {
    var map = new TreeMap<String, Manifest.Entry>();
    manifest.entries().forEach(entry -> map.put(entry.key(), entry));
    return map;
  }

  private static Change change(
      Kind kind, Manifest.@Nullable Entry before, Manifest.@Nullable Entry after) {
    var key = after != null ? after.key() : java.util.Objects.requireNonNull(before).key();
    return new Change(
        kind,
        key,
        before == null ? 0 : before.size(),
        after == null ? 0 : after.size(),
        before == null ? 0 : Math.max(0, before.rows()),
        after == null ? 0 : Math.max(0, after.rows()));
  }
}
