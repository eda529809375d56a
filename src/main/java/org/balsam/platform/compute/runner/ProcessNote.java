package org.balsam.platform.compute.runner;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is written down of a process so that it is found again, and no other that got its number
 * later.
 *
 * @param started when the system started the process
 * @param noted when it was written down
 */
public record ProcessNote(long pid, Instant started, Instant noted) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})\n");

  /** The system derives a process's start from its clock, which may have been set since. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  /** A note of a living process. */
  public static ProcessNote of(ProcessHandle process) {
    var now = Instant.now();
    return new ProcessNote(process.pid(), process.info().startInstant().orElse(now), now);
  }

  /** Reads the written form; empty for anything else, such as a note that is being written. */
  public static Optional<ProcessNote> parse(String text) {
    return Optional.of(FORM.matcher(text))
        .filter(matcher -> matcher.matches())
        .map(
            matcher ->
                new ProcessNote(
                    Long.parseLong(matcher.group(1)),
                    Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
                    Instant.ofEpochMilli(Long.parseLong(matcher.group(3)))));
  }

  /** The written form. */
  public byte[] bytes() {
    var text = pid + " " + started.toEpochMilli() + " " + noted.toEpochMilli() + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The process, while it lives. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessTree::isAlive).filter(this::isSame);
  }

  private boolean isSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, started).abs())
        .filter(difference -> difference.compareTo(CLOCK_STEP) <= 0)
        .isPresent();
  }
}
