package org.balsam.standard.promotion;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one of the nine checks found on a candidate.
 *
 * @param number 1 to 9
 * @param id the name in the decision table, for example {@code class-recall}
 * @param title the name for people
 * @param value the candidate's figure, of the worst part; null when there is none
 * @param champion the champion's figure beside it; null when there is none
 * @param threshold what the value is held against; null when there is none
 * @param finding what the decision table decides on
 * @param message the finding in words for the reviewer
 */
public record PromotionCheck(
    int number,
    String id,
    String title,
    @Nullable BigDecimal value,
    @Nullable BigDecimal champion,
    @Nullable BigDecimal threshold,
    PromotionFinding finding,
    String message) {}
