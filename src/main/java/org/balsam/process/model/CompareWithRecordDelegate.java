package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CompareWithRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Says whether the same artefact came out again. */
@Component
class CompareWithRecordDelegate extends UseCaseDelegate {

  private final CompareWithRecord compareWithRecord;

  CompareWithRecordDelegate(CompareWithRecord compareWithRecord) {
    this.compareWithRecord = compareWithRecord;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    compareWithRecord.handle(new CompareWithRecord.Command(training(execution)));
  }
}
