package org.balsam.platform.identity.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are believed for a short time after they were asked for. Failures are not kept: the
 * next who asks tries again. An answer that was asked for before {@link #forget} is not kept after
 * it. Threads do not wait for each other's questions.
 */
final class FreshAnswers<T> {

  private static final int MOST = 10_000;

  private final Duration age;
  private final Clock clock;
  private final Map<String, Answer<T>> answers = new HashMap<>();
  private long forgotten;

  FreshAnswers(Duration age, Clock clock) {
    this.age = age;
    this.clock = clock;
  }

  private record Answer<T>(T value, Instant askedAt) {}

  T get(String key, Supplier<T> source) {
    var now = clock.instant();
    var before = generation();
    var known = fresh(key, now);
    if (known != null) {
      return known.value();
    }
    var value = source.get();
    keep(key, new Answer<>(value, now), before);
    return value;
  }

  /** An answer that came along with another question, which was asked just now. */
  void put(String key, T value) {
    keep(key, new Answer<>(value, clock.instant()), generation());
  }

  synchronized void forget() {
    forgotten++;
    answers.clear();
  }

  private synchronized long generation() {
    return forgotten;
  }

  private synchronized @Nullable Answer<T> fresh(String key, Instant now) {
    var known = answers.get(key);
    return known != null && now.isBefore(known.askedAt().plus(age)) ? known : null;
  }

  private synchronized void keep(String key, Answer<T> answer, long before) {
    if (before != forgotten || age.isZero()) {
      return;
    }
    if (answers.size() >= MOST) {
      answers.clear();
    }
    answers.put(key, answer);
  }
}
