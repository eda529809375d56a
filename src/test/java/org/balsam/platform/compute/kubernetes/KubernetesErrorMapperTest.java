package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesErrorMapperTest {

  private static KubernetesClientException answer(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, true",
    "403, false",
    "404, false",
    "409, true",
    "422, false",
    "429, true",
    "500, true",
    "503, true"
  })
  void saysWhetherTheSameCallMaySucceedLater(int code, boolean retryable) {
    var mapped = KubernetesErrorMapper.map("cannot start x", answer(code, "because"));

    assertThat(mapped)
        .isInstanceOfSatisfying(
            ExternalFailure.class, trouble -> assertThat(trouble.retryable()).isEqualTo(retryable))
        .hasMessageContaining("cannot start x")
        .hasMessageContaining("because");
  }

  @Test
  void aConnectionThatBreaksPasses() {
    var trouble =
        new KubernetesClientException("Operation failed", new IOException("Connection refused"));

    assertThat(KubernetesErrorMapper.map("cannot start x", trouble))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue())
        .hasMessageContaining("Connection refused");
  }

  @Test
  void aQuotaIsARejectionInWords() {
    var text =
        "pods \"x\" is forbidden: exceeded quota: balsam, requested: requests.memory=1280Mi,"
            + " used: requests.memory=0, limited: requests.memory=100Mi";

    assertThat(KubernetesErrorMapper.map("cannot start x", answer(403, text)))
        .isInstanceOf(Rejection.class)
        .hasMessage(
            "cannot start x: the project's quota does not allow it: requested"
                + " requests.memory=1280Mi, in use requests.memory=0 of requests.memory=100Mi");
  }
}
