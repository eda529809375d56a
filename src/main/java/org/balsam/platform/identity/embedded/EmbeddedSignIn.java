package org.balsam.platform.identity.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks a person's password. Wrong passwords lock the person for a growing time, in which no new
 * password is looked at; each is audited. A password that was right a moment ago is recognised by a
 * keyed digest in memory, so that clients which send it with each request neither pay bcrypt each
 * time nor suffer from somebody else's guessing.
 */
public final class EmbeddedSignIn implements AuthenticationProvider {

  private static final int REMEMBERED = 10_000;

  private final EmbeddedPeople people;
  private final PasswordEncoder encoder;
  private final AuditTrail audit;
  private final Clock clock;
  private final String hashOfNobody;
  private final byte[] key = new byte[32];
  private final Map<String, byte[]> recognised = new ConcurrentHashMap<>();
  private final Object[] turns = IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();

  /** Checks against {@code people}. */
  public EmbeddedSignIn(
      EmbeddedPeople people, PasswordEncoder encoder, AuditTrail audit, Clock clock) {
    this.people = people;
    this.encoder = encoder;
    this.audit = audit;
    this.clock = clock;
    new SecureRandom().nextBytes(key);
    this.hashOfNobody = encoder.encode(HexFormat.of().formatHex(key, 0, 16));
  }

  @Override
  public Authentication authenticate(Authentication request) throws AuthenticationException {
    var id = request.getName();
    var password = request.getCredentials() == null ? "" : request.getCredentials().toString();
    var refusal = refusal(id, password);
    if (refusal != null) {
      audit.recordSeparately(AuditEntry.refused("signin.failed", null, subject(id), refusal));
      throw new BadCredentialsException("wrong name or password, or locked for a while");
    }
    return UsernamePasswordAuthenticationToken.authenticated(id, null, java.util.List.of());
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** Whether this is the person's password; counts and audits like a sign-in. */
  public boolean check(String id, String password) {
    try {
      authenticate(UsernamePasswordAuthenticationToken.unauthenticated(id, password));
      return true;
    } catch (BadCredentialsException wrong) {
      return false;
    }
  }

  private @Nullable String refusal(String id, String password) {
    // one guess at a time for each person: parallel guesses would all see the lock still open
    synchronized (turns[Math.floorMod(id.hashCode(), turns.length)]) {
      var found = people.credentials(id);
      if (found.isEmpty() || found.get().disabled()) {
        encoder.matches(password, hashOfNobody);
        return found.isEmpty() ? "unknown person" : "disabled person";
      }
      var digest = digest(id, found.get().passwordHash(), password);
      if (MessageDigest.isEqual(digest, recognised.getOrDefault(id, new byte[0]))) {
        return null;
      }
      if (found.get().lockedUntil().filter(until -> until.isAfter(clock.instant())).isPresent()) {
        return "locked after wrong passwords";
      }
      if (!encoder.matches(password, found.get().passwordHash())) {
        people.countFailure(id);
        return "wrong password";
      }
      people.forgetFailures(id);
      remember(id, digest);
      return null;
    }
  }

  private void remember(String id, byte[] digest) {
    if (recognised.size() >= REMEMBERED) {
      recognised.clear();
    }
    recognised.put(id, Arrays.copyOf(digest, digest.length));
  }

  private byte[] digest(String id, String hash, String password) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + '\0' + hash + '\0').getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  /** A name that nobody has may be a password typed into the wrong field: it is not recorded. */
  private @Nullable String subject(String id) {
    return people.credentials(id).isPresent() ? id : null;
  }
}
