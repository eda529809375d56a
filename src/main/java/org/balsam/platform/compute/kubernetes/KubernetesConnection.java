package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.util.Objects;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.KubernetesProperties;

/** Opens the connection to the cluster. */
public final class KubernetesConnection {

  private static final int RETRIES = 3;
  private static final int FIRST_RETRY_MS = 200;

  private KubernetesConnection() {}

  /**
   * A client, which may be used from any thread and is closed by its owner. Calls are tried again a
   * few times within seconds, or after the time that the server names; a token that was exchanged
   * is read again.
   *
   * @throws Invalid when the kubeconfig is missing or names no server
   */
  public static KubernetesClient open(KubernetesProperties settings) {
    var config = config(settings);
    config.setConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
    config.setRequestTimeout(Math.toIntExact(settings.requestTimeout().toMillis()));
    config.setUploadRequestTimeout(Math.toIntExact(settings.requestTimeout().toMillis()));
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setRequestRetryBackoffInterval(FIRST_RETRY_MS);
    config.setUserAgent("balsam");
    return new KubernetesClientBuilder()
        .withConfig(config)
        // over HTTP/2 the JDK's client tells a refused token as a broken connection
        .withHttpClientBuilderConsumer(
            http -> http.preferHttp11().addOrReplaceInterceptor("retry-after", new RetryAfter()))
        .build();
  }

  private static Config config(KubernetesProperties settings) {
    var file = settings.kubeconfig();
    if (file == null) {
      return new io.fabric8.kubernetes.client.ConfigBuilder().build();
    }
    if (!Files.isReadable(file)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.compute.kubernetes.kubeconfig",
          "the file " + file.toAbsolutePath() + " cannot be read");
    }
    var config = Config.fromKubeconfig(file.toFile());
    Objects.requireNonNull(config.getMasterUrl(), "a kubeconfig names a server");
    return config;
  }
}
