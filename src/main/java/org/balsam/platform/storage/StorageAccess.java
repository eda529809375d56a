package org.balsam.platform.storage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What another process of this machine needs to open the same storage.
 *
 * @param folder of the file system storage
 * @param environment variables with the settings of a server, in which a secret may be; empty for
 *     the file system
 */
public record StorageAccess(Path folder, Map<String, String> environment) {

  /** The storage in a folder. */
  public static StorageAccess filesystem(Path folder) {
    return new StorageAccess(folder, Map.of());
  }

  /** The storage of these settings. */
  static StorageAccess of(StorageProperties properties, Path folder) {
    return properties.type() == StorageProperties.Type.FILESYSTEM
        ? filesystem(folder)
        : new StorageAccess(folder, environment(properties));
  }

  private static Map<String, String> environment(StorageProperties properties) {
    var server = properties.requireServer();
    var variables = new HashMap<String, String>();
    variables.put("BALSAM_STORAGE_TYPE", properties.type().name());
    put(variables, "ENDPOINT", server.endpoint());
    put(variables, "REGION", server.region());
    put(variables, "PATHSTYLE", server.pathStyle());
    put(variables, "CREDENTIALSFILE", absolute(server.credentialsFile()));
    put(variables, "ACCESSKEY", server.accessKey());
    put(variables, "SECRETKEY", server.secretKey());
    put(variables, "CERTIFICATES", absolute(server.certificates()));
    put(variables, "CONNECTTIMEOUT", server.connectTimeout());
    put(variables, "READTIMEOUT", server.readTimeout());
    put(variables, "PARTSIZE", server.partSize().toBytes() + "B");
    return Map.copyOf(variables);
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
    return "StorageAccess[" + folder + ", " + environment.keySet() + "]";
  }
}
