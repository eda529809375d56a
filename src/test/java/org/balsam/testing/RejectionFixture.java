package org.balsam.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;

/** Expects a no from the business. */
public final class RejectionFixture {

  private RejectionFixture() {}

  public static void assertRejected(ThrowingCallable call, ErrorCode code, String... texts) {
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
