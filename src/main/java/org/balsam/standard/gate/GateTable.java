package org.balsam.standard.gate;

/**
 * The decision table {@code qualityGate}: what a result means for a kind of product. Edited by
 * governance people, not by programmers.
 *
 * <p>Pure: the same result, product type and version of the table give the same decision. May be
 * called from any thread; a table that cannot be evaluated is an {@link
 * org.balsam.kernel.ExternalFailure}.
 */
@FunctionalInterface
public interface GateTable {

  /** Judges one result. */
  Decision decide(CheckResult result, ProductType productType);

  /**
   * The table's answer.
   *
   * @param severity the severity that holds for this product, perhaps softer than the declared one
   * @param verdict what follows
   */
  record Decision(Severity severity, Verdict verdict) {}
}
