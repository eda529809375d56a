package org.balsam.usecase.model;

import org.balsam.kernel.TrainingId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;

/** Keeps what a training writes about itself in the project's provenance bucket. */
@Component
class TrainingDocuments {

  private final WorkDocuments documents;

  TrainingDocuments(WorkDocuments documents) {
    this.documents = documents;
  }

  /** Where documents of one run live. */
  static String folder(TrainingId training, long run) {
    return key(training, "runs/%03d/".formatted(run));
  }

  static String key(TrainingId training, String name) {
    return "trainings/" + training.suffix() + "/" + name;
  }

  /** Stores a JSON document of the training's current run. */
  String json(TrainingEntity training, String name, Object content) {
    return store(training, name, TrainingJson.write(content), "application/json");
  }

  String store(TrainingEntity training, String name, byte[] content, String type) {
    var key = folder(training.trainingId(), training.run) + name;
    return documents.store(training.projectId(), key, content, type).toString();
  }

  byte[] read(String reference) {
    return documents.read(Manifest.Reference.parse(reference));
  }

  <T> T read(String reference, Class<T> type) {
    return TrainingJson.read(read(reference), type);
  }
}
