package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.balsam.kernel.Actor;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.GateTable;
import org.balsam.standard.gate.Severity;
import org.balsam.standard.gate.Verdict;
import org.jspecify.annotations.Nullable;

/** One quality check of one run with its verdict and what people said of it. */
@Entity
@Table(name = "round_check")
class CheckEntity {

  /** How a person answered a verdict. */
  enum Answer {
    EXPLAIN,
    WAIVE
  }

  @Id String id;
  @Version @Nullable Long version;
  String run;
  int position;
  String name;
  String type;
  String gsbpm;
  @Nullable String sims;
  String scope;
  @Nullable BigDecimal value;
  BigDecimal threshold;

  /** Null for what was checked before this was kept. */
  @Nullable Boolean exceeded;

  @Enumerated(EnumType.STRING)
  Severity declared;

  @Enumerated(EnumType.STRING)
  Severity severity;

  @Enumerated(EnumType.STRING)
  Verdict verdict;

  String message;

  @Enumerated(EnumType.STRING)
  @Nullable Answer answer;

  @Nullable String explanation;
  @Nullable String explainedBy;
  @Nullable Instant explainedAt;

  @SuppressWarnings("NullAway")
  protected CheckEntity() {}

  CheckEntity(String run, int position, CheckResult result, GateTable.Decision decision) {
    this.id = run + "/" + result.check();
    this.run = run;
    this.position = position;
    this.name = result.check();
    this.type = result.type();
    this.gsbpm = result.gsbpm();
    this.sims = result.sims();
    this.scope = result.scope();
    this.value = result.value();
    this.threshold = result.threshold();
    this.exceeded = result.exceeded();
    this.declared = result.severity();
    this.severity = decision.severity();
    this.verdict = decision.verdict();
    this.message = result.message();
  }

  /** The value without trailing zeros; empty when nothing could be computed. */
  String valueText() {
    return value == null ? "" : value.stripTrailingZeros().toPlainString();
  }

  /**
   * Whether its value is known to be beyond its limit, which has no consequence for this product.
   */
  boolean informs() {
    return verdict == Verdict.PASS && severity == Severity.INFO && Boolean.TRUE.equals(exceeded);
  }

  /** Whether the verdict asks for an answer that nobody gave. */
  boolean open() {
    return switch (verdict) {
      case PASS -> false;
      case EXPLAIN -> answer == null;
      case BLOCK -> answer != Answer.WAIVE;
    };
  }

  void answer(Answer answer, String explanation, Actor by, Instant now) {
    this.answer = answer;
    this.explanation = explanation;
    this.explainedBy = by.id();
    this.explainedAt = now;
  }
}
