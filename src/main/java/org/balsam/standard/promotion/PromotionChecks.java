package org.balsam.standard.promotion;

import java.util.List;

/**
 * The nine checks on a candidate. They only find; what follows from a finding is decided by {@link
 * PromotionTable}. The checks follow the quality framework for statistical algorithms (Yung et al.,
 * Statistical Journal of the IAOS 38(1), 2022): accuracy, reproducibility and explainability judged
 * beside, not instead of, the quality of the output. {@code docs/promotion-gate.md} explains each.
 */
public final class PromotionChecks {

  private PromotionChecks() {}

  /** Makes all nine checks, in the order of their numbers. Pure. */
  public static List<PromotionCheck> evaluate(PromotionEvidence evidence) {
    return List.of(
        RecordChecks.pinned(evidence),
        new HeldOutCheck(evidence).check(),
        new RecallCheck(evidence).check(),
        new CalibrationCheck(evidence).check(),
        new DriftCheck(evidence).check(),
        new FairnessCheck(evidence).check(),
        EffectCheck.check(evidence),
        RecordChecks.reproducible(evidence),
        RecordChecks.cardComplete(evidence));
  }
}
