package org.balsam.platform.storage.s3;

import java.io.IOException;
import org.balsam.platform.storage.remote.S3Refusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place that turns the library's exceptions into those of the calls. */
final class AwsErrorMapper {

  private AwsErrorMapper() {}

  /** A call of the library. */
  @FunctionalInterface
  interface Call<T> {
    T run();
  }

  static <T> T mapped(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (AwsServiceException answer) {
      var details = answer.awsErrorDetails();
      throw new S3Refusal(
          answer.statusCode(),
          details == null ? null : details.errorCode(),
          details == null ? answer.getMessage() : details.errorMessage(),
          answer);
    } catch (SdkClientException trouble) {
      throw new IOException(root(trouble).toString(), trouble);
    } catch (SdkException trouble) {
      throw new IOException(trouble.getMessage(), trouble);
    }
  }

  private static Throwable root(Throwable trouble) {
    var cause = trouble.getCause();
    return cause == null || cause == trouble ? trouble : root(cause);
  }
}
