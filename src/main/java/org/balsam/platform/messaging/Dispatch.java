package org.balsam.platform.messaging;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExternalFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due on one channel. A letter is tried again after about 5 s, 10 s, 20 s … at
 * most an hour, or as long as the receiver asks for within a day; after ten attempts, and at once
 * when the receiver refuses for good, it is given up and stays visible. Waits differ by up to a
 * fifth, so that letters which failed together do not come back together.
 */
final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final int ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  private final Channel channel;
  private final NoticeDeliveries deliveries;
  private final NoticePreferences preferences;
  private final Recipients recipients;
  private final AuditTrail trail;
  private final DoubleSupplier random;

  /**
   * For one channel.
   *
   * @param random 0 to below 1, for the length of pauses
   */
  Dispatch(
      Channel channel,
      NoticeDeliveries deliveries,
      NoticePreferences preferences,
      Recipients recipients,
      AuditTrail trail,
      DoubleSupplier random) {
    this.channel = channel;
    this.deliveries = deliveries;
    this.preferences = preferences;
    this.recipients = recipients;
    this.trail = trail;
    this.random = random;
  }

  String name() {
    return channel.name();
  }

  /** Tries every letter that is due once. */
  void runOnce() {
    var taken = deliveries.take(channel.name());
    while (taken.isPresent()) {
      attempt(taken.get());
      taken = deliveries.take(channel.name());
    }
  }

  private void attempt(NoticeDeliveries.Taken taken) {
    if (taken.letter().attempt() > ATTEMPTS) {
      failed(taken, DeliveryTrouble.permanent("no attempt came to an end"));
      return;
    }
    try {
      if (taken.whole()) {
        deliveries.split(taken, channel.name(), receivers(taken.letter()));
      } else {
        deliver(taken.letter());
        deliveries.end(taken);
      }
    } catch (DeliveryTrouble trouble) {
      failed(taken, trouble);
    } catch (ExternalFailure trouble) {
      failed(taken, DeliveryTrouble.temporary(String.valueOf(trouble.getMessage())));
    } catch (RuntimeException other) {
      LOG.debug("Notice {}", taken.letter().notice().key(), other);
      failed(taken, DeliveryTrouble.temporary(other.getClass().getSimpleName()));
    }
  }

  private List<String> receivers(Letter letter) {
    return preferences.wanting(letter.notice(), channel.name(), channel.receivers(letter.notice()));
  }

  /** Who lost their role since is not told any more. */
  private void deliver(Letter letter) {
    if (!letter.personal() || recipients.isTold(letter.receiver(), letter.notice())) {
      channel.deliver(letter);
    }
  }

  private void failed(NoticeDeliveries.Taken taken, DeliveryTrouble trouble) {
    var letter = taken.letter();
    if (!trouble.isPermanent() && letter.attempt() < ATTEMPTS) {
      LOG.warn(
          "Notice {} did not leave by {}, attempt {}: {}",
          letter.notice().key(),
          channel.name(),
          letter.attempt(),
          trouble.getMessage());
      deliveries.postpone(taken, trouble.getMessage(), pause(letter.attempt(), trouble));
      return;
    }
    LOG.error(
        "Notice {} was given up by {} after {} attempts: {}",
        letter.notice().key(),
        channel.name(),
        letter.attempt(),
        trouble.getMessage());
    trail.recordSeparately(
        AuditEntry.done("notice.delivered", letter.notice().project().value(), null)
            .outcome(AuditEntry.Outcome.FAILED)
            .with("key", letter.notice().key())
            .with("channel", channel.name())
            .with("attempts", (long) letter.attempt()));
    deliveries.giveUp(taken, trouble.getMessage());
  }

  private Duration pause(int attempts, DeliveryTrouble trouble) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    var varied = Duration.ofMillis((long) (pause.toMillis() * (0.8 + 0.4 * random.getAsDouble())));
    var asked = trouble.retryAfter();
    if (asked == null || asked.compareTo(varied) < 0) {
      return varied;
    }
    return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
  }
}
