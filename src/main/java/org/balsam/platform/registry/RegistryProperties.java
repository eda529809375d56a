package org.balsam.platform.registry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models are registered.
 *
 * @param type {@code builtin} keeps versions and aliases in Balsam's database and their files in
 *     object storage, in the project's bucket {@code mdl}; {@code mlflow} does the same and shows
 *     it on the MLflow server in {@code balsam.registry.mlflow}
 * @param mlflow settings of the type {@code mlflow}
 */
@ConfigurationProperties("balsam.registry")
public record RegistryProperties(@DefaultValue("builtin") Type type, @Nullable Mlflow mlflow) {

  private static final String PREFIX = "balsam.registry.";

  /** The kinds of registry. */
  public enum Type {
    BUILTIN,
    MLFLOW
  }

  public RegistryProperties {
    check(
        "mlflow.url",
        type != Type.MLFLOW || mlflow != null,
        "is not set, but balsam.registry.type is 'mlflow'; give the address of the server, for"
            + " example https://mlflow.nsi.example");
  }

  /**
   * The settings of the server.
   *
   * @throws IllegalStateException without them
   */
  public Mlflow requireMlflow() {
    if (mlflow == null) {
      throw new IllegalStateException("balsam.registry.type is " + type);
    }
    return mlflow;
  }

  /**
   * An MLflow server.
   *
   * @param url its address, {@code https://} or {@code http://}
   * @param credentialsFile a file with two lines, user name and password, or with one, a bearer
   *     token; read at each use; without it Balsam does not sign in
   * @param certificates a PEM file with the authorities that the server's certificate is trusted
   *     by, instead of those of Java
   * @param connectTimeout how long the server may take to accept a connection, 1 s to 30 s
   * @param timeLimit how long a request may take with its answer, 1 s to 30 s
   * @param comparison how long between two looks whether the server shows what was decided; 1 s or
   *     more
   */
  public record Mlflow(
      URI url,
      @Nullable Path credentialsFile,
      @Nullable Path certificates,
      @DefaultValue("5s") Duration connectTimeout,
      @DefaultValue("10s") Duration timeLimit,
      @DefaultValue("5m") Duration comparison) {

    public Mlflow {
      check(
          "mlflow.url",
          isAddress(url),
          "is '" + url + "'; allowed: https://host:port/path without user name and query");
      check("mlflow.connect-timeout", within(connectTimeout), "is " + connectTimeout + RANGE);
      check("mlflow.time-limit", within(timeLimit), "is " + timeLimit + RANGE);
      check(
          "mlflow.comparison",
          comparison.toSeconds() >= 1,
          "is " + comparison + "; allowed: 1s or more");
    }

    private static final String RANGE = "; allowed: 1s to 30s";

    private static boolean within(Duration duration) {
      return duration.toSeconds() >= 1 && duration.toSeconds() <= 30;
    }

    private static boolean isAddress(@Nullable URI url) {
      return url != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null;
    }
  }

  private static void check(String key, boolean right, String otherwise) {
    if (!right) {
      throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, otherwise);
    }
  }
}
