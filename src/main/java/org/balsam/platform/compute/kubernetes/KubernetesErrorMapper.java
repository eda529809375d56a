package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;

/** Says in Balsam's words what the API server refused. */
final class KubernetesErrorMapper {

  static final String SYSTEM = "kubernetes";
  private static final int MAX_DETAIL = 1000;
  private static final Pattern QUOTA =
      Pattern.compile("exceeded quota: [^,]+, requested: (.+), used: (.+), limited: (.+?)\\.?$");

  private KubernetesErrorMapper() {}

  /** Does {@code work}; {@code what} begins the message, for example "cannot start the job x". */
  static <T> T call(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (KubernetesClientException trouble) {
      throw map(what, trouble);
    }
  }

  /** Like {@link #call(String, Supplier)} without a result. */
  static void run(String what, Runnable work) {
    call(
        what,
        () -> {
          work.run();
          return what;
        });
  }

  /** The error that {@code trouble} means. */
  static BalsamException map(String what, KubernetesClientException trouble) {
    var detail = detail(trouble);
    return switch (trouble.getCode()) {
      case 401 ->
          failure(true, what, "the token is not accepted, or no longer: " + detail, trouble);
      case 403 -> forbidden(what, detail, trouble);
      case 404 -> failure(false, what, "it is not there: " + detail, trouble);
      case 409 -> failure(true, what, "it was changed at the same time: " + detail, trouble);
      case 400, 405, 413, 415, 422 -> failure(false, what, "it is refused: " + detail, trouble);
      case 429 -> failure(true, what, "the API server has too much to do: " + detail, trouble);
      default -> failure(true, what, detail, trouble);
    };
  }

  /** What a quota says, in words; empty when the text is about something else. */
  static Optional<String> quota(String text) {
    var matcher = QUOTA.matcher(text);
    return matcher.find()
        ? Optional.of(
            "the project's quota does not allow it: requested %s, in use %s of %s"
                .formatted(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  private static BalsamException forbidden(
      String what, String detail, KubernetesClientException trouble) {
    var quota = quota(detail);
    if (quota.isPresent()) {
      return new Rejection(ErrorCode.LIMIT_EXCEEDED, what + ": " + quota.get());
    }
    if (detail.contains("being terminated")) {
      return failure(true, what, "the namespace is still being removed", trouble);
    }
    return failure(
        false, what, detail + "; compare the roles in the cluster with deploy/kubernetes", trouble);
  }

  private static ExternalFailure failure(
      boolean retryable, String what, String detail, KubernetesClientException trouble) {
    return new ExternalFailure(SYSTEM, retryable, what + ": " + detail, trouble);
  }

  private static String detail(KubernetesClientException trouble) {
    var status = trouble.getStatus();
    var text =
        status != null && status.getMessage() != null
            ? status.getMessage()
            : trouble.getCause() instanceof IOException cause
                ? "no answer: " + cause
                : String.valueOf(trouble.getMessage());
    return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) : text;
  }
}
