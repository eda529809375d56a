package org.balsam.standard.promotion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the findings of a check's parts; the worst one, the first of its kind, is shown. */
final class Judgement {

  private static final int SHOWN = 6;

  private record Part(
      PromotionFinding finding,
      @Nullable Double value,
      @Nullable Double champion,
      @Nullable BigDecimal threshold,
      String message) {}

  private final PromotionCriterion criterion;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Judgement(PromotionCriterion criterion) {
    this.criterion = criterion;
  }

  /** A check that has one finding and no figure. */
  static PromotionCheck of(PromotionCriterion criterion, PromotionFinding finding, String message) {
    var judgement = new Judgement(criterion);
    judgement.add(finding, message);
    return judgement.check();
  }

  void add(PromotionFinding finding, String message) {
    parts.add(new Part(finding, null, null, null, message));
  }

  void add(
      PromotionFinding finding,
      @Nullable Double value,
      @Nullable Double champion,
      BigDecimal threshold,
      String message) {
    parts.add(new Part(finding, value, champion, threshold, message));
  }

  /** Adds what the reviewer should know, whatever the finding. */
  void note(String message) {
    notes.add(message);
  }

  /** The check; at least one part must have been added. */
  PromotionCheck check() {
    var sorted = parts.stream().sorted(Comparator.comparing(Part::finding).reversed()).toList();
    var worst = sorted.get(0);
    return new PromotionCheck(
        criterion.number(),
        criterion.id(),
        criterion.title(),
        rounded(worst.value()),
        rounded(worst.champion()),
        worst.threshold(),
        worst.finding(),
        message(sorted));
  }

  private String message(List<Part> sorted) {
    var shown = sorted.stream().limit(SHOWN).map(Part::message).collect(Collectors.joining(" "));
    var more = sorted.size() > SHOWN ? " And " + (sorted.size() - SHOWN) + " more findings." : "";
    return shown + more + notes.stream().map(note -> " " + note).collect(Collectors.joining());
  }

  static PromotionFinding metWhen(boolean good) {
    return good ? PromotionFinding.MET : PromotionFinding.NOT_MET;
  }

  /** A figure as people read it: three decimals. */
  static String shown(double figure) {
    return String.format(Locale.ROOT, "%.3f", figure + 0.0);
  }

  private static @Nullable BigDecimal rounded(@Nullable Double figure) {
    return figure == null || !Double.isFinite(figure)
        ? null
        : BigDecimal.valueOf(figure).setScale(4, RoundingMode.HALF_UP);
  }
}
