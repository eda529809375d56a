package org.balsam.platform.identity.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The embedded directory's people and passwords. Nobody exists without a password; passwords leave
 * this class only as bcrypt hashes. Every change is audited, never the password.
 */
public final class EmbeddedPeople {

  private static final Pattern ID = Pattern.compile("^[a-z][a-z0-9._-]{1,31}\\z");
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
  private static final int FREE_FAILURES = 2;
  private static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final PasswordEncoder encoder;
  private final AuditTrail audit;
  private final TransactionOperations transaction;
  private final Clock clock;

  /**
   * What is known for a sign-in.
   *
   * @param lockedUntil no password is looked at before this moment
   */
  record Credentials(String passwordHash, boolean disabled, Optional<Instant> lockedUntil) {}

  /** People in the tables that the migrations made. */
  public EmbeddedPeople(
      JdbcClient jdbc,
      PasswordEncoder encoder,
      AuditTrail audit,
      TransactionOperations transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.encoder = encoder;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Makes sure that the person exists; an existing one keeps name, email and password.
   *
   * @param id {@code [a-z][a-z0-9._-]{1,31}}, not {@code anonymous} or {@code balsam}
   * @param email may be empty
   * @param password 1 to 72 bytes; the first-run and demo code chooses it
   * @return whether the person is new
   */
  public boolean ensurePerson(String id, String displayName, String email, String password) {
    check(id, displayName, password);
    if (exists(id)) {
      return false;
    }
    return changed(
        AuditEntry.done("person.created", null, id),
        "insert into balsam.person (id, display_name, email, password_hash) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        id,
        displayName,
        email,
        encoder.encode(password));
  }

  /** Makes sure that the person administers the platform. */
  public void ensureAdministrator(String id) {
    changed(
        AuditEntry.done("administrator.added", null, id),
        "insert into balsam.platform_administrator (person) values (?) on conflict do nothing",
        id);
  }

  /** Sets another password and ends any lock. */
  public void setPassword(String id, String password) {
    check(id, id, password);
    requireFound(
        id,
        changed(
            AuditEntry.done("person.password.changed", null, id),
            "update balsam.person set password_hash = ?, failed_sign_ins = 0, locked_until = null"
                + " where id = ?",
            encoder.encode(password),
            id));
  }

  /** Locks the person out, or lets them in again; their roles stay. */
  public void setDisabled(String id, boolean disabled) {
    requireFound(
        id,
        changed(
            AuditEntry.done(disabled ? "person.disabled" : "person.enabled", null, id),
            "update balsam.person set disabled = ? where id = ?",
            disabled,
            id));
  }

  /** Whether nobody exists yet. */
  public boolean isEmpty() {
    return jdbc.sql("select not exists (select from balsam.person)").query(Boolean.class).single();
  }

  /** Whether the text can be a person's id at all. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Nothing for what cannot be an id, which may be anything that a stranger sends. */
  Optional<Credentials> credentials(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    return jdbc.sql("select password_hash, disabled, locked_until from balsam.person where id = ?")
        .param(id)
        .query(
            (row, number) ->
                new Credentials(
                    row.getString(1),
                    row.getBoolean(2),
                    Optional.ofNullable(row.getTimestamp(3)).map(time -> time.toInstant())))
        .optional();
  }

  /** Counts a wrong password and locks the person for a time that doubles with each failure. */
  void countFailure(String id) {
    var failures =
        jdbc.sql(
                "update balsam.person set failed_sign_ins = failed_sign_ins + 1 where id = ?"
                    + " returning failed_sign_ins")
            .param(id)
            .query(Integer.class)
            .single();
    if (failures > FREE_FAILURES) {
      var seconds =
          Math.min(1L << Math.min(failures - FREE_FAILURES, 20), LONGEST_LOCK.toSeconds());
      jdbc.sql("update balsam.person set locked_until = ? where id = ?")
          .params(clock.instant().plusSeconds(seconds).atOffset(ZoneOffset.UTC), id)
          .update();
    }
  }

  void forgetFailures(String id) {
    jdbc.sql(
            "update balsam.person set failed_sign_ins = 0, locked_until = null"
                + " where id = ? and failed_sign_ins > 0")
        .param(id)
        .update();
  }

  private boolean exists(String id) {
    return credentials(id).isPresent();
  }

  private boolean changed(AuditEntry entry, String sql, Object... values) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              var isChanged = jdbc.sql(sql).params(values).update() == 1;
              if (isChanged) {
                audit.record(entry);
              }
              return isChanged;
            }));
  }

  private static void requireFound(String id, boolean isFound) {
    if (!isFound) {
      throw new NotFound("there is no person '" + id + "'");
    }
  }

  private static void check(String id, String displayName, String password) {
    if (!isId(id) || id.equals("anonymous") || id.equals("balsam")) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "id",
          "a person's id has 2 to 32 characters, lower-case letters, digits, '.', '_' and '-', starts"
              + " with a letter, and is neither 'anonymous' nor 'balsam'");
    }
    if (displayName.isBlank() || displayName.length() > 200 || UNSAFE.matcher(displayName).find()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "displayName",
          "a name has 1 to 200 characters without control characters");
    }
    var length = password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (password.isBlank() || length > 72) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "password", "a password is not blank and has at most 72 bytes");
    }
  }
}
