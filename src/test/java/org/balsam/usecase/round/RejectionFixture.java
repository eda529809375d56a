package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;

/** Expects a no from the business. */
final class RejectionFixture {

  private RejectionFixture() {}

  static void assertRejected(ThrowingCallable call, ErrorCode code, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Rejection.class,
            no -> {
              assertThat(no.code()).isEqualTo(code);
              for (var text : texts) {
                assertThat(no).hasMessageContaining(text);
              }
            });
  }
}
