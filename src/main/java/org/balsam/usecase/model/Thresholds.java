package org.balsam.usecase.model;

import org.balsam.standard.promotion.PromotionThresholds;
import org.balsam.standard.template.ProjectFile;

/** What a model's figures are held against. */
final class Thresholds {

  private Thresholds() {}

  static PromotionThresholds of(ProjectFile.Model model) {
    return PromotionThresholds.of(model.thresholds());
  }
}
