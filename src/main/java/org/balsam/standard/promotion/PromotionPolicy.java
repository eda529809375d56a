package org.balsam.standard.promotion;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/**
 * The bounds within which a template lets its projects set thresholds. A threshold without bounds
 * may be set within its own range.
 */
public final class PromotionPolicy {

  /** The policy that adds no bounds. */
  public static final PromotionPolicy OPEN = new PromotionPolicy(Map.of());

  /** The lowest and the highest value that a project may set. */
  public record Bounds(BigDecimal lowest, BigDecimal highest) {
    boolean hold(BigDecimal value) {
      return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
    }

    @Override
    public String toString() {
      return lowest.toPlainString() + " to " + highest.toPlainString();
    }
  }

  private final Map<PromotionThreshold, Bounds> bounds;

  private PromotionPolicy(Map<PromotionThreshold, Bounds> bounds) {
    this.bounds = Map.copyOf(bounds);
  }

  /**
   * Takes the bounds that a template declares, by key of the threshold.
   *
   * @throws Invalid naming every unknown threshold and all bounds that are not lowest ≤ highest
   *     within the threshold's own range
   */
  public static PromotionPolicy of(Map<String, Bounds> declared) {
    var problems = new ArrayList<Problem>();
    var bounds = new EnumMap<PromotionThreshold, Bounds>(PromotionThreshold.class);
    declared.forEach(
        (key, value) ->
            PromotionThreshold.find(key)
                .ifPresentOrElse(
                    threshold -> bounds.put(threshold, checked(threshold, value, problems)),
                    () -> problems.add(unknown(key))));
    refuse(problems);
    return new PromotionPolicy(bounds);
  }

  private static Bounds checked(
      PromotionThreshold threshold, Bounds bounds, List<Problem> problems) {
    var own = new Bounds(threshold.lowest(), threshold.highest());
    if (!own.hold(bounds.lowest())
        || !own.hold(bounds.highest())
        || bounds.lowest().compareTo(bounds.highest()) > 0) {
      problems.add(
          new Problem(
              threshold.key(), "the bounds " + bounds + " are not allowed; allowed within " + own));
    }
    return bounds;
  }

  static Problem unknown(String key) {
    return new Problem(Shown.of(key), "is not a threshold; allowed: " + PromotionThreshold.keys());
  }

  static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  /** The bounds of a threshold. */
  public Bounds bounds(PromotionThreshold threshold) {
    return bounds.getOrDefault(threshold, new Bounds(threshold.lowest(), threshold.highest()));
  }
}
