package org.balsam.platform.storage.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;

/**
 * The buckets: folders with a file that names the owner and a folder {@code objects}. A bucket
 * exists if and only if the owner's file does; changes are made under the bucket's lock only.
 */
record Buckets(Path root, Path temporaryFolder) {

  private static final String OWNER = "owner";
  private static final String OBJECTS = "objects";

  void ensure(BucketName bucket, ProjectId owner) throws IOException {
    var present = owner(bucket);
    if (present.isPresent() && !present.get().equals(owner.value())) {
      throw notYours(bucket, owner);
    }
    var folder = folder(bucket);
    DurableFiles.createFolder(folder);
    DurableFiles.createFolder(folder.resolve(OBJECTS));
    if (present.isEmpty()) {
      DurableFiles.write(
          folder.resolve(OWNER), owner.value().getBytes(StandardCharsets.UTF_8), temporaryFolder);
    }
  }

  void removeEmpty(BucketName bucket, ProjectId owner) throws IOException {
    var present = owner(bucket);
    if (present.isPresent() && !present.get().equals(owner.value())) {
      throw notYours(bucket, owner);
    }
    try {
      // Fails when anything was ever stored, however a put beside it is timed.
      DurableFiles.delete(folder(bucket).resolve(OBJECTS));
    } catch (DirectoryNotEmptyException e) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "bucket " + bucket + " holds objects; only a bucket that never held one can be removed");
    }
    DurableFiles.delete(folder(bucket).resolve(OWNER));
    DurableFiles.delete(folder(bucket));
  }

  /**
   * The folder of an existing bucket's objects.
   *
   * @throws NotFound when there is no such bucket
   */
  Path objects(BucketName bucket) throws IOException {
    return find(bucket).orElseThrow(() -> new NotFound("there is no bucket " + bucket));
  }

  Optional<Path> find(BucketName bucket) throws IOException {
    return owner(bucket).map(owner -> folder(bucket).resolve(OBJECTS));
  }

  private Optional<String> owner(BucketName bucket) throws IOException {
    var folder = folder(bucket);
    FilesystemFailures.refuseLink(folder);
    FilesystemFailures.refuseLink(folder.resolve(OBJECTS));
    var file = folder.resolve(OWNER);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    FilesystemFailures.refuseLink(file);
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    }
  }

  private Path folder(BucketName bucket) {
    return root.resolve(bucket.value());
  }

  private static Rejection notYours(BucketName bucket, ProjectId project) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "bucket " + bucket + " belongs to another project than " + project);
  }
}
