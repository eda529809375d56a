package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;

class SetTableTest {

  @Test
  void givesTheCellsOfRowsInTheAskedOrder() {
    var set = read("id,phase,note\n1,climb,x\n2,,y\n3,taxi,z\n");
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.column("phase")).containsExactly("climb", "", "taxi");
    assertThat(set.column("phase", List.of("3", "1"))).containsExactly("taxi", "climb");
    assertThatThrownBy(() -> set.column("note")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARowThatIsNotInTheSet() {
    var set = read("id,phase\n1,climb\n");
    assertThatThrownBy(() -> set.column("phase", List.of("9")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("row '9': was scored but is not in the set");
  }

  @Test
  void refusesMissingColumnsAndRowsThatOccurTwice() {
    assertThatThrownBy(() -> read("id,speed\n1,3\n"))
        .hasMessage("test.csv, column phase: is missing; the file has: id, speed");
    assertThatThrownBy(() -> read("id,phase\n1,climb\n1,taxi\n"))
        .hasMessageContaining("test.csv, row 2, column id: '1' occurs twice");
    assertThatThrownBy(() -> read("id,phase\n1," + "x".repeat(501) + "\n"))
        .hasMessageContaining("row 1, column phase")
        .hasMessageContaining("is longer than 500 characters");
  }

  private static SetTable read(String text) {
    return SetTable.read(
        "test.csv",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "id",
        Set.of("phase"));
  }
}
