package org.balsam.platform.storage;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How another process opens the same storage, and no more of it than it needs. */
public interface StorageAccess {

  /** The folder of file system storage; on a server there is nothing in it. */
  Path folder();

  /**
   * The variables by which Balsam itself finds the storage, with its own key, which no other
   * process may get. Empty for the file system.
   */
  Map<String, String> environment();

  /**
   * What a process gets.
   *
   * @param variables of its environment, by which it finds the storage, see {@link
   *     DetachedStorage#open}; empty for the file system, where it needs the rights to the folder
   * @param key the name of the key that was made for it, which does what the grant says and ends by
   *     itself; null when none was made
   */
  record Granted(Map<String, String> variables, @Nullable String key) {

    @Override
    public String toString() {
      return "Granted[" + variables.keySet() + "]";
    }
  }

  /**
   * Opens the storage to a process. Calling it again gives another key.
   *
   * @throws org.balsam.kernel.ExternalFailure when the server gives no such key
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when it is needed for longer than keys live
   */
  Granted grant(StorageGrant grant);

  /**
   * Ends all keys that were given to the grant's holder. Idempotent.
   *
   * @return false where they end by themselves only, or none were given
   */
  boolean revoke(StorageGrant grant);

  /** The storage in a folder. */
  static StorageAccess filesystem(Path folder) {
    return shared(folder, Map.of());
  }

  /** Storage to which everybody gets the same access, by these variables. */
  static StorageAccess shared(Path folder, Map<String, String> environment) {
    return new StorageAccess() {
      @Override
      public Path folder() {
        return folder;
      }

      @Override
      public Map<String, String> environment() {
        return environment;
      }

      @Override
      public Granted grant(StorageGrant grant) {
        return new Granted(environment, null);
      }

      @Override
      public boolean revoke(StorageGrant grant) {
        return false;
      }
    };
  }
}
