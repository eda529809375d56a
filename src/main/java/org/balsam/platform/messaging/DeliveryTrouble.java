package org.balsam.platform.messaging;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A letter that was not delivered. The message is shown to operators and kept in the database, so
 * it never holds an address, a reply or an exception of the outside: those may hold secrets.
 */
public final class DeliveryTrouble extends RuntimeException {

  private final boolean permanent;
  private final @Nullable Duration retryAfter;

  private DeliveryTrouble(String message, boolean permanent, @Nullable Duration retryAfter) {
    super(message);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /** Trouble that may pass by itself. */
  public static DeliveryTrouble temporary(String message) {
    return new DeliveryTrouble(message, false, null);
  }

  /** The receiver asked to be left alone for a while. */
  public static DeliveryTrouble temporary(String message, @Nullable Duration retryAfter) {
    return new DeliveryTrouble(message, false, retryAfter);
  }

  /** A refusal that asking again would not change. */
  public static DeliveryTrouble permanent(String message) {
    return new DeliveryTrouble(message, true, null);
  }

  /** Whether trying again is of no use until somebody has changed something. */
  public boolean isPermanent() {
    return permanent;
  }

  /** How long the receiver asked to wait at least; null when it did not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
