package org.balsam.usecase.model;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.balsam.standard.promotion.PromotionCheck;
import org.balsam.standard.promotion.PromotionFinding;
import org.balsam.standard.promotion.PromotionVerdict;
import org.jspecify.annotations.Nullable;

/**
 * One of the nine checks on a candidate, and the waiver of it. Checks of earlier candidates of the
 * training stay, so that a waiver is visible for good.
 */
@Entity
@Table(name = "training_check")
class TrainingCheckEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String training;
  int gate;
  int number;
  String name;
  String title;
  @Nullable BigDecimal value;
  @Nullable BigDecimal champion;
  @Nullable BigDecimal threshold;

  @Enumerated(EnumType.STRING)
  PromotionFinding finding;

  @Enumerated(EnumType.STRING)
  PromotionVerdict verdict;

  String message;
  @Nullable String waiver;
  @Nullable String waivedBy;
  @Nullable Instant waivedAt;

  @SuppressWarnings("NullAway")
  protected TrainingCheckEntity() {}

  TrainingCheckEntity(String training, int gate, PromotionCheck check, PromotionVerdict verdict) {
    this.training = training;
    this.gate = gate;
    this.number = check.number();
    this.name = check.id();
    this.title = check.title();
    this.value = check.value();
    this.champion = check.champion();
    this.threshold = check.threshold();
    this.finding = check.finding();
    this.verdict = verdict;
    this.message = check.message();
  }

  /** Whether it stands against the candidate. */
  boolean blocks() {
    return verdict == PromotionVerdict.BLOCK && waiver == null;
  }
}
