package org.balsam.audit.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks that each writer's numbers are there once, except those that an event names as unused. */
final class WriterNumbers {

  /** A transaction may still be under way, or a dead node not yet be noticed. */
  private static final Duration PENDING = Duration.ofMinutes(10);

  /** Ranges of numbers of one writer. */
  private static final class Numbers {
    /** First to last, never touching. */
    final TreeMap<Long, Long> seen = new TreeMap<>();

    final TreeMap<Long, Long> unused = new TreeMap<>();
    Instant latest = Instant.EPOCH;
    long closedAt;
  }

  private final Map<String, Numbers> writers = new TreeMap<>();
  private final Findings findings;
  private Instant newest = Instant.EPOCH;

  WriterNumbers(Findings findings) {
    this.findings = findings;
  }

  void add(Event event) {
    var writer = event.text("writer");
    var number = event.fields().get("writerSeq") instanceof Number value ? value.longValue() : 0;
    if (writer == null || number < 1) {
      findings.add("writer", event.index(), event.id(), "no writer or number");
      return;
    }
    var numbers = writers.computeIfAbsent(writer, key -> new Numbers());
    if (!add(numbers.seen, number, number)) {
      findings.add(
          "writer-duplicate",
          event.index(),
          event.id(),
          "number " + number + " of writer " + writer + " is there twice");
    }
    var at = instant(event.text("occurredAt"));
    numbers.latest = later(numbers.latest, at);
    newest = later(newest, at);
    if (event.isDone() && event.is("actorKind", "service")) {
      explain(event);
    }
  }

  private void explain(Event event) {
    var subject = event.text("subject");
    if (subject == null) {
      return;
    }
    if (event.is("action", "audit.numbers.unused")
        && event.detail("numbers") instanceof List<?> ranges) {
      for (var range : ranges) {
        unused(subject, range);
      }
    }
    if (event.is("action", "audit.writer.closed") && event.detail("last") instanceof Number last) {
      writers.computeIfAbsent(subject, key -> new Numbers()).closedAt = last.longValue();
    }
  }

  private void unused(String writer, Object range) {
    if (range instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof Number first
        && pair.get(1) instanceof Number last
        && first.longValue() >= 1
        && first.longValue() <= last.longValue()) {
      writers
          .computeIfAbsent(writer, key -> new Numbers())
          .unused
          .merge(first.longValue(), last.longValue(), Math::max);
    }
  }

  /** Reports what is missing once all events were added. */
  void finish() {
    writers.forEach(this::check);
  }

  private void check(String writer, Numbers numbers) {
    long next = 1;
    for (var range : numbers.seen.entrySet()) {
      gap(writer, numbers, next, range.getKey() - 1);
      next = range.getValue() + 1;
    }
    gap(writer, numbers, next, numbers.closedAt);
  }

  private void gap(String writer, Numbers numbers, long first, long last) {
    var from = first;
    for (var range : numbers.unused.entrySet()) {
      if (range.getKey() <= from && range.getValue() >= from) {
        from = range.getValue() + 1;
      }
    }
    if (from > last) {
      return;
    }
    var message =
        "numbers %d to %d of writer %s are missing and no event says why"
            .formatted(from, last, writer);
    if (numbers.closedAt == 0 && Duration.between(numbers.latest, newest).compareTo(PENDING) < 0) {
      findings.note(message + " yet; a transaction may have been under way: export again later");
    } else {
      findings.add("writer-gap", null, null, message + ": events were removed before sealing");
    }
  }

  /** Adds a range and joins neighbours; false if it was there already. */
  private static boolean add(TreeMap<Long, Long> ranges, long first, long last) {
    var before = ranges.floorEntry(first);
    if (before != null && before.getValue() >= first) {
      return false;
    }
    var start = before != null && before.getValue() == first - 1 ? before.getKey() : first;
    var after = ranges.remove(last + 1);
    ranges.put(start, after == null ? last : after);
    return true;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant instant(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      return Instant.EPOCH;
    }
  }
}
