package org.balsam.platform.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where objects are kept.
 *
 * @param type {@code filesystem} keeps them under {@code balsam.home} in the folder {@code
 *     objects}; {@code minio} and {@code s3} on the server in {@code balsam.storage.server}: {@code
 *     minio} by the library of MinIO, {@code s3} by that of Amazon Web Services
 * @param server settings of the types {@code minio} and {@code s3}
 * @param notifications how a server tells of data that somebody writes into it past Balsam
 * @param quota how much each project may store, all versions together; without it as much as there
 *     is. Administrators set another one for a project
 * @param measureInterval how often it is measured what a project stores, at least a minute
 */
@ConfigurationProperties("balsam.storage")
public record StorageProperties(
    @DefaultValue("filesystem") Type type,
    @Nullable Server server,
    @Nullable Notifications notifications,
    @Nullable DataSize quota,
    @DefaultValue("6h") Duration measureInterval) {

  /** The kinds of object storage. */
  public enum Type {
    FILESYSTEM,
    MINIO,
    S3
  }

  /** Where the keys come from with which steps reach a server. */
  public enum StepKeys {
    ASSUME_ROLE,
    SHARED
  }

  public StorageProperties {
    if (quota != null && quota.toBytes() <= 0) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "balsam.storage.quota", quota + " is not more than 0B");
    }
    if (measureInterval.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.storage.measure-interval",
          measureInterval + " is less than a minute");
    }
    if (type != Type.FILESYSTEM && server == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.storage.server.endpoint",
          "is not set, but balsam.storage.type is '"
              + type.name().toLowerCase(Locale.ROOT)
              + "'; give the address of the server, for example https://minio.nsi.example:9000");
    }
  }

  /** What the server tells of new objects in raw buckets; null for nobody. */
  @Nullable String target() {
    return notifications == null ? null : notifications.target();
  }

  /**
   * The settings of the server.
   *
   * @throws IllegalStateException for the type {@code filesystem} without a server
   */
  public Server requireServer() {
    if (server == null) {
      throw new IllegalStateException("balsam.storage.type is " + type);
    }
    return server;
  }

  /**
   * Notices of a server, sent to {@code /api/v1/hooks/object-storage}.
   *
   * @param target the server's name of that address, which Balsam sets for raw buckets, for example
   *     {@code arn:minio:sqs::balsam:webhook}; without it an administrator does
   * @param tokenFile a file whose first line is the token that the server sends with a notice, at
   *     least 32 characters
   */
  public record Notifications(@Nullable String target, Path tokenFile) {

    private static final int SHORTEST = 32;

    public Notifications {
      if (tokenFile == null || read(tokenFile).length() < SHORTEST) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "balsam.storage.notifications.token-file",
            "'" + tokenFile + "' is not a file whose first line has at least 32 characters");
      }
    }

    /** The token as it is now; not to be shown. */
    public String token() {
      return read(tokenFile);
    }

    private static String read(Path file) {
      try (var lines = Files.lines(file)) {
        return lines.findFirst().orElse("").strip();
      } catch (IOException | UncheckedIOException unreadable) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "balsam.storage.notifications.token-file",
            "'" + file + "' cannot be read: " + unreadable);
      }
    }
  }

  /**
   * A server that speaks S3, and how it is called. Its secret comes from a file, the environment or
   * a folder of secrets ({@code configtree:}), and never appears in a text of this class.
   *
   * @param endpoint the server's address, {@code https://} or {@code http://}, a host and at most a
   *     port, for example {@code https://minio.nsi.example:9000}
   * @param region the server's region; what a server without regions expects is often {@code
   *     us-east-1}, and {@code default} for Ceph
   * @param pathStyle {@code true} names buckets in the path of an address, {@code false} in its
   *     host name, for which the name server has to know {@code <bucket>.<host>}
   * @param credentialsFile a file whose first line is the access key and whose second line is its
   *     secret, and a third the token of a temporary key; read again when it changes, so that keys
   *     are exchanged without a restart
   * @param accessKey the access key, where there is no such file
   * @param secretKey its secret; by an environment variable or {@code configtree:}, not on the
   *     command line
   * @param conditionalWrites whether the server, of type {@code s3}, keeps {@code If-Match} and
   *     {@code If-None-Match} of a write into a bucket with versions, as MinIO and Amazon do and
   *     Ceph 16 does not; with {@code false} two nodes that store the same bytes under one key at
   *     the same moment may make two versions of them
   * @param sessionToken the token that belongs to a temporary access key
   * @param stepKeys {@code assume-role} gives each step a key of its own by the server's token
   *     service, for what it reads and writes and as long as it may run; {@code shared} gives steps
   *     the key above, with which they reach every project
   * @param role the role that keys of steps are made from, for example {@code
   *     arn:aws:iam::123456789012:role/balsam}; not used by MinIO
   * @param longestStepKey how long the server lets such keys live, at least 15 minutes; steps with
   *     a longer time limit are refused
   * @param certificates a PEM file with the authorities that the server's certificate is trusted
   *     by, instead of those of Java
   * @param connectTimeout how long the server may take to accept a connection
   * @param readTimeout how long the server may be silent within an answer
   * @param patience how long a call that gets no answer, or "not now", is repeated before the task
   *     fails, which the engine tries again; a step has three minutes
   * @param downloadEndpoint the address under which people's browsers reach the server; with it
   *     large files are fetched there by addresses that end soon, without it through Balsam
   * @param downloadLife how long such an address begins a download, 10s to 1h
   * @param partSize larger objects are sent in parts of this size, 5MB to 1GB
   */
  public record Server(
      URI endpoint,
      @DefaultValue("us-east-1") String region,
      @DefaultValue("true") boolean pathStyle,
      @DefaultValue("true") boolean conditionalWrites,
      @Nullable Path credentialsFile,
      @Nullable String accessKey,
      @Nullable String secretKey,
      @Nullable String sessionToken,
      @DefaultValue("assume-role") StepKeys stepKeys,
      @Nullable String role,
      @DefaultValue("12h") Duration longestStepKey,
      @Nullable Path certificates,
      @DefaultValue("5s") Duration connectTimeout,
      @DefaultValue("20s") Duration readTimeout,
      @DefaultValue("10s") Duration patience,
      @Nullable URI downloadEndpoint,
      @DefaultValue("5m") Duration downloadLife,
      @DefaultValue("64MB") DataSize partSize) {

    private static final String PREFIX = "balsam.storage.server.";

    public Server {
      check("endpoint", isAddress(endpoint), endpoint + " is not of the form https://host:port");
      check(
          "credentials-file",
          credentialsFile != null ^ (accessKey != null && secretKey != null),
          "either this key is set, or access-key and secret-key are");
      check(
          "session-token",
          sessionToken == null || accessKey != null,
          "belongs to access-key, which is not set");
      check(
          "longest-step-key",
          longestStepKey.compareTo(Duration.ofMinutes(15)) >= 0,
          longestStepKey + " is less than 15 minutes");
      check("connect-timeout", isPositive(connectTimeout), connectTimeout + " is not positive");
      check("read-timeout", isPositive(readTimeout), readTimeout + " is not positive");
      check("patience", isPositive(patience), patience + " is not positive");
      check(
          "download-endpoint",
          downloadEndpoint == null || isAddress(downloadEndpoint),
          downloadEndpoint + " is not of the form https://host:port");
      check(
          "download-life",
          downloadLife.toSeconds() >= 10 && downloadLife.compareTo(Duration.ofHours(1)) <= 0,
          downloadLife + " is not in the range 10s to 1h");
      check(
          "part-size",
          partSize.toMegabytes() >= 5 && partSize.toGigabytes() <= 1,
          partSize + " is not in the range 5MB to 1GB");
    }

    private static boolean isAddress(@Nullable URI endpoint) {
      return endpoint != null
          && ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
          && endpoint.getHost() != null
          && endpoint.getUserInfo() == null
          && endpoint.getQuery() == null
          && (endpoint.getPath() == null || endpoint.getPath().matches("/?"));
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }

    private static void check(String key, boolean right, String otherwise) {
      if (!right) {
        throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, otherwise);
      }
    }

    @Override
    public String toString() {
      return "Server[" + endpoint + "]";
    }
  }
}
