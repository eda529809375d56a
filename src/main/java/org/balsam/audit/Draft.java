package org.balsam.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.balsam.audit.format.CanonicalJson;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/** An event that waits to be written, with the free text that belongs to it. */
record Draft(AuditEvent event, byte @Nullable [] salt, @Nullable String reason) {

  static final int LIMIT = 64 * 1024;

  private static final Pattern ACTION =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*){1,4}");
  private static final SecureRandom RANDOM = new SecureRandom();

  static Draft of(AuditEntry entry, CallContext context, Clock clock) {
    if (entry.action().length() > 80 || !ACTION.matcher(entry.action()).matches()) {
      throw invalid("action", "'" + entry.action() + "' is not dot.case, like bucket.created");
    }
    var reason = reason(entry.reason());
    var salt = reason == null ? null : newSalt();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var actor = context.actor();
    var event =
        new AuditEvent(
            UuidCreator.getTimeOrderedEpoch(),
            now,
            "",
            0,
            actor.kind().name().toLowerCase(Locale.ROOT),
            CleanText.of(actor.id()),
            actor.groups().isEmpty() ? "[]" : groups(actor.groups()),
            CleanText.ofNullable(first(entry.project(), context.project())),
            CleanText.ofNullable(first(entry.subject(), context.subject())),
            entry.action(),
            entry.outcome().name().toLowerCase(Locale.ROOT),
            CleanText.ofNullable(context.processInstance()),
            CleanText.ofNullable(context.activity()),
            reason == null ? null : reasonHash(salt, reason),
            details(entry),
            CleanText.ofNullable(context.correlation()),
            CleanText.ofNullable(context.source()));
    return new Draft(event, salt, reason);
  }

  static String reasonHash(byte[] salt, String reason) {
    var digest = Sha256.digest();
    digest.update(salt);
    return HexFormat.of().formatHex(digest.digest(reason.getBytes(StandardCharsets.UTF_8)));
  }

  private static @Nullable String reason(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (given.length() > LIMIT) {
      throw new Invalid(ErrorCode.TOO_LARGE, "reason", "longer than " + LIMIT + " characters");
    }
    return CleanText.of(given);
  }

  private static String details(AuditEntry entry) {
    if (entry.details().isEmpty()) {
      return "{}";
    }
    try {
      var json = CanonicalJson.write(CleanText.deep(entry.details()));
      if (json.length() > LIMIT || json.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
        throw new Invalid(
            ErrorCode.TOO_LARGE, "details", entry.action() + ": more than " + LIMIT + " bytes");
      }
      return json;
    } catch (IllegalArgumentException wrong) {
      throw invalid("details", entry.action() + ": " + wrong.getMessage());
    }
  }

  private static String groups(java.util.Set<String> groups) {
    return CanonicalJson.write(List.copyOf(new TreeSet<>(groups)));
  }

  private static byte[] newSalt() {
    var salt = new byte[32];
    RANDOM.nextBytes(salt);
    return salt;
  }

  private static @Nullable String first(@Nullable String own, @Nullable String context) {
    return own != null ? own : context;
  }

  private static Invalid invalid(String where, String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, where, message);
  }
}
