package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.OUTPUT_SET;
import static org.balsam.process.model.MlTrainingVariables.SET_MANIFEST;

import org.balsam.platform.storage.Manifest;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.dataset.FreezeSets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Freezes the sets that the training is judged on. */
@Component
class FreezeSetsDelegate extends UseCaseDelegate {

  private final FreezeSets freezeSets;

  FreezeSetsDelegate(FreezeSets freezeSets) {
    this.freezeSets = freezeSets;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var outputs = Manifest.Reference.parse(OUTPUT_SET.get(execution));
    var result = freezeSets.handle(new FreezeSets.Command(outputs));
    SET_MANIFEST.set(execution, result.setManifest().toString());
  }
}
