package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks once more after the time that the API server names, when it names a short one. */
final class RetryAfter implements Interceptor {

  private static final long MAX_SECONDS = 5;
  private static final int TOO_MANY_REQUESTS = 429;

  @Override
  public CompletableFuture<Boolean> afterFailure(
      HttpRequest.Builder request, HttpResponse<?> response, RequestTags tags) {
    var seconds = seconds(response.header("Retry-After"));
    if (response.code() != TOO_MANY_REQUESTS || seconds < 0 || seconds > MAX_SECONDS) {
      return CompletableFuture.completedFuture(false);
    }
    return CompletableFuture.supplyAsync(
        () -> true, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
  }

  private static long seconds(@Nullable String header) {
    return header != null && header.matches("\\d{1,6}") ? Long.parseLong(header) : -1;
  }
}
