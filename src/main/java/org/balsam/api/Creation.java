package org.balsam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers POSTs that create: 201 with Location. With an {@code Idempotency-Key}, repeating one
 * within 24 hours creates nothing more and answers the same.
 */
@Component
class Creation {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int PATIENT = 240;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ObjectMapper json;
  private final Clock clock;

  Creation(
      JdbcClient jdbc, PlatformTransactionManager transactions, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
    this.clock = clock;
  }

  private record Kept(String request, String location) {}

  /**
   * Creates, or finds what the same request created before.
   *
   * @param key null creates whatever was created before
   * @param path what was posted to
   * @param create returns the path of what it created
   * @param read gives the body for the path of what was created
   * @throws Rejection IDEMPOTENCY_KEY_REUSED for another request with the same key, WRONG_STATE
   *     while the first one runs
   */
  <T> ResponseEntity<T> answer(
      @Nullable String key,
      String path,
      Object body,
      Supplier<String> create,
      Function<String, T> read) {
    var location = location(key, path, body, create);
    return ResponseEntity.created(URI.create(location)).body(read.apply(location));
  }

  /**
   * The same with the status 200, which is all that clients of the BALSAM hub know.
   *
   * @see #answer
   */
  <T> ResponseEntity<T> answerOk(
      @Nullable String key,
      String path,
      Object body,
      Supplier<String> create,
      Function<String, T> read) {
    var location = location(key, path, body, create);
    return ResponseEntity.ok().location(URI.create(location)).body(read.apply(location));
  }

  /**
   * The same for a form, which a double click sends twice: the second one waits for what the first
   * one creates, instead of being told that it creates nothing.
   *
   * @see #answer
   */
  <T> T answerForm(
      String key, String path, Object body, Supplier<String> create, Function<String, T> read) {
    return read.apply(once(checked(key), digest(path, body), create, PATIENT));
  }

  private String location(@Nullable String key, String path, Object body, Supplier<String> create) {
    return key == null ? create.get() : once(checked(key), digest(path, body), create, 1);
  }

  private String once(String key, String request, Supplier<String> create, int attempts) {
    for (var attempt = 1; attempt <= attempts; attempt++) {
      var location = transaction.execute(status -> unlessBusy(key, request, create));
      if (location != null) {
        return location;
      }
      if (attempt < attempts) {
        pause();
      }
    }
    throw new Rejection(
        ErrorCode.WRONG_STATE,
        "a request with this " + HEADER + " is being worked on; repeat it in a moment");
  }

  /** Between two attempts, which hold no connection meanwhile. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Balsam is stopping", stopping);
    }
  }

  /** Null while the same request is being worked on. */
  private @Nullable String unlessBusy(String key, String request, Supplier<String> create) {
    var person = CallContext.current().actor().id();
    if (!lock(person, key)) {
      return null;
    }
    forgetOld();
    var before = find(person, key);
    if (before == null) {
      var location = create.get();
      keep(person, key, request, location);
      return location;
    }
    if (!before.request.equals(request)) {
      throw new Rejection(
          ErrorCode.IDEMPOTENCY_KEY_REUSED,
          "this " + HEADER + " was used for another request; take a new one");
    }
    return before.location;
  }

  private boolean lock(String person, String key) {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 50))")
        .param("name", person + " " + key)
        .query(Boolean.class)
        .single();
  }

  private @Nullable Kept find(String person, String key) {
    return jdbc.sql(
            "select request, location from balsam.api_creation where person = ? and key = ?")
        .params(person, key)
        .query(Kept.class)
        .optional()
        .orElse(null);
  }

  private void keep(String person, String key, String request, String location) {
    jdbc.sql(
            "insert into balsam.api_creation (person, key, request, location, created_at)"
                + " values (?, ?, ?, ?, ?)")
        .params(person, key, request, location, clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Removes what nobody else is removing at the same moment. */
  private void forgetOld() {
    jdbc.sql(
            """
            delete from balsam.api_creation where (person, key) in (
              select person, key from balsam.api_creation where created_at < ?
              for update skip locked)
            """)
        .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
  }

  private String digest(String path, Object body) {
    try {
      var text = path + "\n" + json.writeValueAsString(body);
      return Sha256.of(text).value();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String checked(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, HEADER, "allowed are 1 to 200 visible ASCII characters");
    }
    return key;
  }
}
