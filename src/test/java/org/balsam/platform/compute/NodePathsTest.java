package org.balsam.platform.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePathsTest {

  @ParameterizedTest
  @CsvSource({
    "out/flags.csv, out=2Fflags.csv",
    "Part 1 - Åland.ipynb, Part=201=20-=20=C3=85land.ipynb",
    "a=2Fb, a=3D2Fb",
    "plain_x-1.csv, plain_x-1.csv"
  })
  void aPathIsANameAndBack(String path, String name) {
    assertThat(NodePaths.name(path)).isEqualTo(name);
    assertThat(NodePaths.path(name)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "*.csv, a.csv, true",
    "*.csv, out/a.csv, false",
    "out/*.csv, out/a.csv, true",
    "out/?.csv, out/ab.csv, false",
    "out/?b.*, out/ab.csv, true",
    "*, a, true",
    "a*b*c, aXbXbc, true",
    "a*b*c, aXbXb, false",
    "a.csv, aXcsv, false",
    "*/x, out/x, true",
    "(a|b)*, a, false"
  })
  void starsAndQuestionMarksStayWithinAName(String pattern, String path, boolean matches) {
    assertThat(NodePaths.matches(pattern, path)).isEqualTo(matches);
  }

  @Test
  void aHostilePatternTakesNoTime() {
    var path = "a".repeat(300);
    var matches =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> NodePaths.matches("*a".repeat(140) + "b", path));
    assertThat(matches).isFalse();
  }
}
