package org.balsam.platform.registry.mlflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.balsam.kernel.ExternalFailure;

/** Says what MLflow or the way to it did not do. Messages hold no address and no credentials. */
final class MlflowErrorMapper {

  static final String SYSTEM = "mlflow";
  private static final String MISSING = "RESOURCE_DOES_NOT_EXIST";

  private MlflowErrorMapper() {}

  static boolean isMissing(int status, String code) {
    return status == 404 && code.equals(MISSING);
  }

  static ExternalFailure refused(int status, String code) {
    if (status == 401 || status == 403) {
      return failure(
          false,
          "it answered "
              + status
              + ": it does not take the credentials, or they lack a right; see"
              + " balsam.registry.mlflow.credentials-file");
    }
    var retryable = status == 408 || status == 429 || status >= 500;
    var named = code.matches("[A-Z_]{1,60}") ? " " + code : "";
    return failure(retryable, "it answered " + status + named);
  }

  static ExternalFailure missing(String method) {
    return failure(false, "it does not know what " + method + " is about; it was removed there");
  }

  static ExternalFailure unreachable(IOException trouble) {
    return new ExternalFailure(
        SYSTEM,
        true,
        trouble instanceof InterruptedIOException
            ? "no answer in time"
            : "no connection (" + trouble.getClass().getSimpleName() + ")",
        null);
  }

  private static ExternalFailure failure(boolean retryable, String detail) {
    return new ExternalFailure(SYSTEM, retryable, detail, null);
  }
}
