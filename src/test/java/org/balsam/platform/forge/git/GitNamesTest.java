package org.balsam.platform.forge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;

/** Which names of branches and files are allowed. */
class GitNamesTest {

  @Test
  void aNameOfMoreThan255BytesCanBeCheckedOutNowhere() {
    assertThat(GitNames.path("a".repeat(255) + "/b")).endsWith("/b");
    for (var name : new String[] {"a".repeat(256), "å".repeat(128)}) {
      for (var path : new String[] {name, name + "/b", "b/" + name}) {
        assertThatThrownBy(() -> GitNames.path(path))
            .isInstanceOf(Invalid.class)
            .hasMessageContaining("more than 255 bytes");
      }
    }
  }

  @Test
  void noBranchTakesThePlaceOfThoseBelowIt() {
    assertThat(new String[] {"round", "work", "lab", "lab/umia"}).allMatch(GitNames::isFolder);
    assertThat(new String[] {"main", "work/a", "lab/umia/a", "works", "rel"})
        .noneMatch(GitNames::isFolder);
  }
}
