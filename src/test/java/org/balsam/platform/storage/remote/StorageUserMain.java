package org.balsam.platform.storage.remote;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.VerifiedContent;

/** A process of its own that uses the storage which its environment names. */
final class StorageUserMain {

  private StorageUserMain() {}

  /**
   * Writes an object, finds it in a listing, reads it.
   *
   * @param arguments a folder, a bucket
   */
  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    var store = DetachedStorage.open(folder, System.getenv(), folder, Clock.systemUTC());
    var bucket = new BucketName(arguments[1]);
    store.ensureBucket(bucket, new ProjectId(bucket.project().value()));
    var object =
        store.put(bucket, "a/b.csv", new ByteArrayInputStream(new byte[] {1, 2}), Map.of());
    if (!store.list(bucket, "a/").toList().contains(object)) {
      throw new IllegalStateException("not listed: " + object);
    }
    VerifiedContent.of(object).verify(store);
    System.out.println("READ " + object.key());
  }
}
