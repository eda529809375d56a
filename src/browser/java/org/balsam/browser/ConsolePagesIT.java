package org.balsam.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No page of the console is without its pictures and without axe-core's look. */
class ConsolePagesIT {

  @Test
  void eachPageOfTheRouterIsLookedAt() {
    assertThat(ConsolePages.ofTheRouter()).hasSizeGreaterThan(10);
    assertThat(
            ConsolePages.LOOKS.stream().map(ConsolePages.Look::page).collect(Collectors.toSet()))
        .isEqualTo(ConsolePages.ofTheRouter());
  }
}
