package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.CLASSIFICATION;
import static org.balsam.process.lab.ExplorationVariables.DATASETS;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.ClassifyData;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Classify data</i>. */
@Component
class ClassifyDataDelegate extends UseCaseDelegate {

  private final ClassifyData classifyData;

  ClassifyDataDelegate(ClassifyData classifyData) {
    this.classifyData = classifyData;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var sources =
        Arrays.stream(DATASETS.get(execution).split(","))
            .filter(version -> !version.isEmpty())
            .map(version -> DatasetVersionId.parse(version).dataset().project())
            .collect(Collectors.toSet());
    var found =
        classifyData.handle(new ClassifyData.Command(exploration(execution).project(), sources));
    CLASSIFICATION.set(execution, found.classification().value());
  }
}
