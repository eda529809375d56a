package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;

class SubmittedValuesTest {

  @Test
  void takesValuesWithoutATypeAsTasklistSendsThem() {
    var sent =
        Variables.createVariables()
            .putValueTyped("decision", Variables.untypedValue("confirm"))
            .putValueTyped("reason", Variables.untypedNullValue());
    assertThatCode(() -> SubmittedValues.check(sent, name -> true, name -> Set.of(), name -> null))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesStructuresWithoutATypeToo() {
    var sent =
        Variables.createVariables()
            .putValueTyped("decision", Variables.untypedValue(List.of("confirm")));
    assertThatThrownBy(
            () -> SubmittedValues.check(sent, name -> true, name -> Set.of(), name -> null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("/variables/decision");
  }

  @Test
  void refusesWhatAFieldDoesNotOffer() {
    var offered = Set.of("public");
    for (var nothing : new String[] {"public", "", null}) {
      var sent = Variables.createVariables().putValue("level", nothing);
      assertThatCode(() -> SubmittedValues.check(sent, name -> true, name -> offered, name -> null))
          .doesNotThrowAnyException();
    }
    for (var wrong : List.of("secret", "Public", true, 1L)) {
      assertThatThrownBy(
              () ->
                  SubmittedValues.check(
                      Map.of("level", wrong), name -> true, name -> offered, name -> null))
          .isInstanceOf(Invalid.class)
          .hasMessage("/variables/level: decide one of public");
    }
  }
}
