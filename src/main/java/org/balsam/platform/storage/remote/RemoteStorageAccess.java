package org.balsam.platform.storage.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.StorageAccess;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.StorageProperties;
import org.balsam.platform.storage.StorageProperties.Server;
import org.jspecify.annotations.Nullable;

/** Access to a server, by keys of their own where it makes such. */
public final class RemoteStorageAccess implements StorageAccess {

  /** Nobody tries a step again by itself, so its runner waits longer than the server does. */
  private static final Duration STEP_PATIENCE = Duration.ofMinutes(3);

  private static final Duration SHORTEST = Duration.ofMinutes(15);

  private final StorageProperties.Type type;
  private final Server server;
  private final Path folder;
  private final Optional<SessionKeys> keys;
  private final ServerWork work;

  /**
   * Access for other processes.
   *
   * @param folder see {@link #folder()}
   * @param keys empty when others get Balsam's own key
   */
  public RemoteStorageAccess(
      StorageProperties.Type type, Server server, Path folder, Optional<SessionKeys> keys) {
    this.type = type;
    this.server = server;
    this.folder = folder;
    this.keys = keys;
    this.work = new ServerWork(server.endpoint().toString(), server.patience());
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Map<String, String> environment() {
    var variables = address();
    put(variables, "CREDENTIALSFILE", absolute(server.credentialsFile()));
    put(variables, "ACCESSKEY", server.accessKey());
    put(variables, "SECRETKEY", server.secretKey());
    put(variables, "SESSIONTOKEN", server.sessionToken());
    return Map.copyOf(variables);
  }

  @Override
  public Granted grant(StorageGrant grant) {
    if (keys.isEmpty()) {
      return new Granted(environment(), null);
    }
    var variables = address();
    var key = issue(keys.get(), grant);
    put(variables, "ACCESSKEY", key.access());
    put(variables, "SECRETKEY", key.secret());
    put(variables, "SESSIONTOKEN", key.session());
    return new Granted(Map.copyOf(variables), key.access());
  }

  private ServerKeys.Pair issue(SessionKeys issuer, StorageGrant grant) {
    if (grant.lifetime().compareTo(server.longestStepKey()) > 0) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "%s needs a key of the storage server for %s, and balsam.storage.server.longest-step-key is %s; lower its time limit, or raise the setting as far as the server allows"
              .formatted(grant.holder(), grant.lifetime(), server.longestStepKey()));
    }
    var lifetime = grant.lifetime().compareTo(SHORTEST) < 0 ? SHORTEST : grant.lifetime();
    return work.mapped(
        "get a key for " + grant.holder(),
        () -> issuer.issue(AccessPolicy.of(grant), grant.holder(), lifetime));
  }

  @Override
  public boolean revoke(StorageGrant grant) {
    var doing = "revoke the key of " + grant.holder();
    return keys.isPresent() && work.mapped(doing, () -> keys.get().revoke(grant.holder()));
  }

  private Map<String, String> address() {
    var variables = new HashMap<String, String>();
    variables.put("BALSAM_STORAGE_TYPE", type.name());
    put(variables, "ENDPOINT", server.endpoint());
    put(variables, "REGION", server.region());
    put(variables, "PATHSTYLE", server.pathStyle());
    put(variables, "CONDITIONALWRITES", server.conditionalWrites());
    put(variables, "CERTIFICATES", absolute(server.certificates()));
    put(variables, "CONNECTTIMEOUT", server.connectTimeout());
    put(variables, "READTIMEOUT", server.readTimeout());
    put(variables, "PATIENCE", STEP_PATIENCE);
    put(variables, "PARTSIZE", server.partSize().toBytes() + "B");
    return variables;
  }

  private static @Nullable Path absolute(@Nullable Path file) {
    return file == null ? null : file.toAbsolutePath();
  }

  private static void put(Map<String, String> variables, String name, @Nullable Object value) {
    if (value != null) {
      variables.put("BALSAM_STORAGE_SERVER_" + name, value.toString());
    }
  }

  @Override
  public String toString() {
    return "RemoteStorageAccess[" + server + "]";
  }
}
