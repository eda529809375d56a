package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;

/** An announced moment of release; never changed, only followed by another. */
@Entity
@Table(name = "round_announcement")
class AnnouncementEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String round;
  int number;
  Instant announcedAt;
  Instant releaseAt;
  String zone;
  @Nullable String reason;

  @SuppressWarnings("NullAway")
  protected AnnouncementEntity() {}

  AnnouncementEntity(
      RoundId round,
      int number,
      Instant now,
      Instant releaseAt,
      ZoneId zone,
      @Nullable String reason) {
    this.round = round.value();
    this.number = number;
    this.announcedAt = now;
    this.releaseAt = releaseAt;
    this.zone = zone.getId();
    this.reason = reason;
  }
}
