package org.balsam.platform.compute.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.platform.storage.StorageAccess;

/**
 * How the containers that fetch and publish reach the object storage: settings as variables, what
 * is secret as files of a Secret.
 *
 * @param variables without secrets
 * @param files the Secret's content
 */
record StorageSecret(Map<String, String> variables, Map<String, String> files) {

  /** Where the Secret is mounted. */
  static final String FOLDER = "/balsam/storage";

  private static final String SERVER = "BALSAM_STORAGE_SERVER_";
  private static final Set<String> NOT_VARIABLES =
      Set.of(
          SERVER + "ACCESSKEY",
          SERVER + "SECRETKEY",
          SERVER + "CREDENTIALSFILE",
          SERVER + "CERTIFICATES");

  /**
   * Reads what the server uses itself, anew each time, so that exchanged keys are taken.
   *
   * @throws Invalid for storage in a folder, which pods cannot reach
   */
  static StorageSecret of(StorageAccess access) {
    var settings = access.environment();
    if (settings.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.storage.type",
          "is 'filesystem', which pods of a cluster cannot reach; allowed with"
              + " balsam.compute.type=kubernetes: minio, s3");
    }
    var variables = new TreeMap<>(settings);
    variables.keySet().removeAll(NOT_VARIABLES);
    var files = new HashMap<String, String>();
    if (settings.containsKey(SERVER + "CREDENTIALSFILE")) {
      files.put("credentials", read(settings.get(SERVER + "CREDENTIALSFILE")));
    } else {
      files.put(
          "credentials",
          settings.get(SERVER + "ACCESSKEY") + "\n" + settings.get(SERVER + "SECRETKEY") + "\n");
    }
    variables.put(SERVER + "CREDENTIALSFILE", FOLDER + "/credentials");
    if (settings.containsKey(SERVER + "CERTIFICATES")) {
      files.put("certificates", read(settings.get(SERVER + "CERTIFICATES")));
      variables.put(SERVER + "CERTIFICATES", FOLDER + "/certificates");
    }
    return new StorageSecret(variables, files);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException trouble) {
      throw new ExternalFailure("storage", true, "cannot read " + file + ": " + trouble, trouble);
    }
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "StorageSecret" + variables;
  }
}
