package org.balsam.usecase.round;

import org.balsam.kernel.BucketName;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;

/** Keeps what a round writes about itself in the project's provenance bucket. */
@Component
class RoundDocuments {

  private final WorkDocuments documents;

  RoundDocuments(WorkDocuments documents) {
    this.documents = documents;
  }

  BucketName bucket(RoundId round) {
    return documents.bucket(round.project());
  }

  /** Where a document of the round lives. */
  static String key(RoundId round, String name) {
    return round.period() + "/r" + round.revision() + "/" + name;
  }

  /** Where a document of one run lives. */
  static String runKey(RoundId round, long run, String name) {
    return key(round, "runs/%03d/%s".formatted(run, name));
  }

  Manifest.Reference store(RoundId round, String key, byte[] content, String type) {
    return documents.store(round.project(), key, content, type);
  }

  /** The verified bytes of a document. */
  byte[] read(Manifest.Reference reference) {
    return documents.read(reference);
  }
}
