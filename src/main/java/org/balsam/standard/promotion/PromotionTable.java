package org.balsam.standard.promotion;

import org.balsam.standard.gate.ProductType;

/**
 * The decision table {@code promotionGate}: what a finding on a candidate means for a kind of
 * product. Edited by governance people, not by programmers.
 *
 * <p>Pure: the same check, product type and version of the table give the same verdict. May be
 * called from any thread; a table that cannot be evaluated is an {@link
 * org.balsam.kernel.ExternalFailure}.
 */
@FunctionalInterface
public interface PromotionTable {

  /** Judges one check. */
  PromotionVerdict judge(PromotionCheck check, ProductType productType);
}
