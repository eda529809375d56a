package org.balsam.usecase.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.TemporaryFolder;
import org.balsam.usecase.project.ProjectClosure.ArchivedFile;
import org.springframework.stereotype.Component;

/** The archive of a closing: files below {@code closure/<attempt>/} in the bucket {@code prov}. */
@Component
class ClosureArchive {

  static final String MANIFEST = "manifest.json";
  private static final String BUNDLE = "repository.bundle";
  private static final String REFS = "refs-sha256";

  private final ObjectStore store;
  private final BucketNames buckets;
  private final Forge forge;
  private final KeptFiles kept;
  private final TemporaryFolder temporary;

  ClosureArchive(
      ObjectStore store,
      BucketNames buckets,
      Forge forge,
      KeptFiles kept,
      TemporaryFolder temporary) {
    this.store = store;
    this.buckets = buckets;
    this.forge = forge;
    this.kept = kept;
    this.temporary = temporary;
  }

  private interface Content {
    void write(Path file) throws IOException;
  }

  /** Writes what is not there yet or has changed since. */
  List<ArchivedFile> write(ProjectEntity project, ProjectClosure closure) {
    var id = project.id();
    var refs = forge.refs(id);
    var bundle = bundle(id, key(closure, BUNDLE), refs);
    var manifest =
        put(
            id,
            key(closure, MANIFEST),
            Map.of("content-type", "application/json"),
            file -> kept.write(file, project, closure, refs, file(bundle)));
    return List.of(file(bundle), file(manifest));
  }

  /** Forbids the deletion of the files, once. */
  void lock(ProjectClosure closure, Instant until) {
    var bucket = bucket(closure.project());
    for (var file : closure.archive()) {
      store.retain(bucket, file.key(), file.version(), until);
    }
  }

  /** Destroys every version that is not locked. */
  void discard(ProjectClosure closure) {
    var bucket = bucket(closure.project());
    for (var name : List.of(BUNDLE, MANIFEST)) {
      var key = key(closure, name);
      try (Stream<StoredObject> versions = store.versions(bucket, key)) {
        versions
            .filter(version -> version.retainUntil() == null && !version.held())
            .toList()
            .stream()
            .forEach(version -> store.destroy(bucket, key, version.versionId()));
      }
    }
  }

  /** A bundle has other bytes each time it is packed, so it is known by what it holds. */
  private StoredObject bundle(ProjectId id, String key, Map<String, String> refs) {
    var of = Sha256.of(refs.toString()).value();
    return store
        .find(bucket(id), key)
        .filter(stored -> Objects.equals(stored.metadata().get(REFS), of))
        .orElseGet(() -> put(id, key, Map.of(REFS, of), file -> forge.bundle(id, file)));
  }

  private StoredObject put(
      ProjectId id, String key, Map<String, String> metadata, Content content) {
    try {
      var file = temporary.file("closure", ".tmp");
      try {
        content.write(file);
        return store.put(bucket(id), key, Files.newInputStream(file), metadata);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "temporary folder",
          true,
          "the archive of " + id + " cannot be packed: " + trouble,
          trouble);
    }
  }

  private BucketName bucket(ProjectId project) {
    return buckets.of(project, "prov");
  }

  static String key(ProjectClosure closure, String name) {
    return KeptFiles.FOLDER + closure.attempt() + "/" + name;
  }

  private static ArchivedFile file(StoredObject stored) {
    return new ArchivedFile(stored.key(), stored.versionId(), stored.size(), stored.sha256());
  }
}
