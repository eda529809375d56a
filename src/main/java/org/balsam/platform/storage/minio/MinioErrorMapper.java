package org.balsam.platform.storage.minio;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.balsam.platform.storage.remote.S3Refusal;

/** The one place that turns the library's exceptions into those of the calls. */
final class MinioErrorMapper {

  private MinioErrorMapper() {}

  /** A call of the library. */
  @FunctionalInterface
  interface Call<T> {
    CompletableFuture<T> run() throws MinioException;
  }

  static <T> T mapped(Call<T> call) throws IOException {
    try {
      return call.run().get();
    } catch (ExecutionException wrapped) {
      throw mapped(wrapped.getCause());
    } catch (MinioException trouble) {
      throw mapped(trouble);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for an answer", stopping);
    }
  }

  private static IOException mapped(Throwable trouble) {
    if (trouble instanceof ErrorResponseException answer) {
      var said = answer.errorResponse();
      throw new S3Refusal(answer.response().code(), said.code(), said.message(), answer);
    }
    if (trouble instanceof ServerException answer) {
      throw new S3Refusal(answer.statusCode(), null, answer.getMessage(), answer);
    }
    if (trouble instanceof InvalidResponseException answer) {
      throw new S3Refusal(502, null, "an answer that is not S3: " + answer.getMessage(), answer);
    }
    if (trouble instanceof IOException network) {
      return network;
    }
    if (trouble instanceof java.util.concurrent.CompletionException wrapped
        && wrapped.getCause() != null) {
      return mapped(wrapped.getCause());
    }
    if (trouble instanceof MinioException library) {
      return library.getCause() == null
          ? new IOException(library.getMessage(), library)
          : mapped(library.getCause());
    }
    if (trouble instanceof RuntimeException bug) {
      throw bug;
    }
    return new IOException(trouble);
  }
}
