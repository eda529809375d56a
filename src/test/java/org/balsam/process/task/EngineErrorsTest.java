package org.balsam.process.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.camunda.bpm.engine.impl.ProcessEngineLogger;
import org.junit.jupiter.api.Test;

class EngineErrorsTest {

  @Test
  void aTimerThatFiresAtTheSameMomentIsNoFaultOfBalsam() {
    var failure =
        ProcessEngineLogger.PERSISTENCE_LOGGER.resolveParentOfExecutionFailedException(
            "parent", "child");
    assertThat(EngineErrors.translate(failure))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.code()).isEqualTo(ErrorCode.TASK_GONE))
        .hasMessageContaining("try again");
  }

  @Test
  void whatNobodyExpectsStaysWhatItIs() {
    var failure = new IllegalStateException("broken");
    assertThat(EngineErrors.translate(failure)).isSameAs(failure);
  }
}
