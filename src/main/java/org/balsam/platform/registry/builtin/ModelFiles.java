package org.balsam.platform.registry.builtin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;

/**
 * The files of versions in object storage: bucket {@code mdl}, keys {@code
 * <model>/<training>/<part>/<name>}. A key follows from the training, so writing again after a kill
 * finds what is there.
 */
final class ModelFiles {

  private final ObjectStore store;
  private final BucketNames buckets;

  ModelFiles(ObjectStore store, BucketNames buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  /** The project's bucket, made if it is not there. */
  BucketName bucket(ProjectId project) {
    var bucket = buckets.of(project, "mdl");
    store.ensureBucket(bucket, project);
    return bucket;
  }

  List<ModelFile> store(BucketName bucket, String folder, List<ModelSource> sources) {
    return sources.stream().map(source -> store(bucket, folder, source)).toList();
  }

  ModelFile store(BucketName bucket, String folder, ModelSource source) {
    var key = folder + "/" + source.name();
    var stored = store.put(bucket, key, source.open(store), Map.of());
    return new ModelFile(
        source.name(), bucket, key, stored.versionId(), stored.size(), stored.sha256());
  }

  /** Reads the artefact whole, and card and evidence too if {@code everything}. */
  void verify(RegisteredModel model, boolean everything) {
    model.files().forEach(file -> verify(model.id(), file, ErrorCode.ARTEFACT_CHANGED));
    if (everything) {
      verify(model.id(), model.card(), ErrorCode.EVIDENCE_CHANGED);
      model.evidenceFiles().forEach(file -> verify(model.id(), file, ErrorCode.EVIDENCE_CHANGED));
    }
  }

  static Sha256 artefact(List<ModelSource> sources) {
    return ModelFile.checksum(checksums(sources));
  }

  /** The checksum of evidence and card; a source that is a card stands for {@code card}. */
  static Sha256 evidence(Sha256 card, List<ModelSource> sources) {
    var checksums = checksums(sources);
    checksums.putIfAbsent(ModelFile.CARD, card);
    return ModelFile.checksum(checksums);
  }

  private static Map<String, Sha256> checksums(List<ModelSource> sources) {
    var checksums = new HashMap<String, Sha256>();
    sources.forEach(source -> checksums.put(source.name(), source.sha256()));
    return checksums;
  }

  private void verify(ModelVersionId id, ModelFile file, ErrorCode code) {
    try {
      file.content().verify(store);
    } catch (Rejection changed) {
      throw new Rejection(
          code, "the file " + file.name() + " of " + id + " was changed: " + changed.getMessage());
    }
  }
}
