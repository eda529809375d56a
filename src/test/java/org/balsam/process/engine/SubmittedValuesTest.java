package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    assertThatCode(() -> SubmittedValues.check(sent, name -> true, name -> null))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesStructuresWithoutATypeToo() {
    var sent =
        Variables.createVariables()
            .putValueTyped("decision", Variables.untypedValue(List.of("confirm")));
    assertThatThrownBy(() -> SubmittedValues.check(sent, name -> true, name -> null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("/variables/decision");
  }
}
