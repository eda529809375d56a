package org.balsam.usecase.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectSlugTest {

  @ParameterizedTest
  @CsvSource({
    "Employment by industry, employment-industry",
    "LFS, lfs",
    "Åland, aland",
    "Öland, oland",
    "Égalité à Genève, egalite-geneve",
    "Straßenverkehr, strassenverkehr",
    "Łódź Ærø Þing, lodz-aero-thing",
    "Census 2021, census2021",
    "2021 census, p2021-census",
    "  CPI: (consumer prices)  , cpi-consumer-prices",
    "Consumer price index for services, consumer-price-index",
    "Arbeitsmarktstatistikbericht, arbeitsmarktstatisti",
    "ǅungla ﬁnance, dzungla-finance",
  })
  void writesANameInTheGrammarOfIds(String name, String slug) {
    assertThat(ProjectSlug.of(name)).isEqualTo(new ProjectId(slug));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "统计", "!!!", "api", "Статистика"})
  void saysWhatToDoWhenNothingIsLeft(String name) {
    assertThatThrownBy(() -> ProjectSlug.of(name))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("give an id of 3 to 20 characters yourself");
  }

  @ParameterizedTest
  @CsvSource({
    "Arbeitsmarktstatistikbericht Nord, arbeitsmarkts-x",
    "Arbeitsmarktstatistikbericht Süd, arbeitsmarkts-x",
    "Employment by industry and region in Sweden, employment-in-x",
    "Bo C D Éé, bo-c-d-x",
    "Απασχόληση, p[0-9a-f]{10}-x",
  })
  void tellsNamesApartThatWouldHaveTheSameId(String name, String stem) {
    assertThat(ProjectSlug.distinct(name).value()).matches(stem + "[0-9a-f]{5}");
    assertThat(ProjectSlug.distinct(name)).isEqualTo(ProjectSlug.distinct(name));
    assertThat(ProjectSlug.distinct(name)).isNotEqualTo(ProjectSlug.distinct(name + "x"));
  }

  @Test
  void proposesAFreeId() {
    var taken = Set.of(new ProjectId("lfs"), new ProjectId("lfs-b"));
    assertThat(ProjectSlug.alternative(new ProjectId("lfs"), taken::contains))
        .isEqualTo(new ProjectId("lfs-c"));
  }

  @Test
  void proposesAnIdThatFitsTheLongestAllowed() {
    assertThat(ProjectSlug.alternative(new ProjectId("employment-industry"), id -> false))
        .isEqualTo(new ProjectId("employment-industr-b"));
    assertThat(ProjectSlug.alternative(new ProjectId("a-b-c-d"), id -> false))
        .isEqualTo(new ProjectId("a-b-c-b"));
  }
}
