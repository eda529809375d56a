package org.balsam.process.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.balsam.standard.gate.ProductType;
import org.balsam.standard.promotion.PromotionCheck;
import org.balsam.standard.promotion.PromotionCriterion;
import org.balsam.standard.promotion.PromotionFinding;
import org.balsam.standard.promotion.PromotionTable;
import org.balsam.standard.promotion.PromotionVerdict;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The deployed table behind its port. */
@SpringBootTest
class DmnPromotionTableTest {

  @Autowired PromotionTable table;

  @Test
  void judgesEveryFindingOfEveryCheck() {
    for (var criterion : PromotionCriterion.values()) {
      for (var finding : PromotionFinding.values()) {
        assertThat(Stream.of(ProductType.values()).map(type -> judge(criterion, finding, type)))
            .as("%s %s", criterion, finding)
            .doesNotContainNull();
      }
    }
  }

  @Test
  void givesTheVerdictOfTheRuleThatFits() {
    assertThat(
            judge(
                PromotionCriterion.HELD_OUT_METRIC,
                PromotionFinding.NO_CHAMPION,
                ProductType.OFFICIAL))
        .isEqualTo(PromotionVerdict.REVIEW);
    assertThat(judge(PromotionCriterion.DRIFT, PromotionFinding.NOT_MET, ProductType.OFFICIAL))
        .isEqualTo(PromotionVerdict.BLOCK);
    assertThat(judge(PromotionCriterion.DRIFT, PromotionFinding.NOT_MET, ProductType.EXPERIMENTAL))
        .isEqualTo(PromotionVerdict.REVIEW);
    assertThat(judge(PromotionCriterion.PINNED, PromotionFinding.MET, ProductType.OFFICIAL))
        .isEqualTo(PromotionVerdict.PASS);
  }

  private PromotionVerdict judge(
      PromotionCriterion criterion, PromotionFinding finding, ProductType productType) {
    var check =
        new PromotionCheck(
            criterion.number(), criterion.id(), criterion.title(), null, null, null, finding, "");
    return table.judge(check, productType);
  }
}
