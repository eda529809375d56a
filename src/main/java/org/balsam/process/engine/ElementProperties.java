package org.balsam.process.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;

/** The extension properties of the element that an execution is at. */
public record ElementProperties(DelegateExecution execution) {

  /** The value of a property, where the element has it. */
  public Optional<String> find(String name) {
    var extensions = execution.getBpmnModelElementInstance().getExtensionElements();
    if (extensions == null) {
      return Optional.empty();
    }
    return extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
        .flatMap(properties -> properties.getCamundaProperties().stream())
        .filter(property -> name.equals(property.getCamundaName()))
        .map(property -> property.getCamundaValue())
        .findFirst();
  }

  /** The values of a property that lists them separated by commas. */
  public List<String> list(String name) {
    return find(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .toList();
  }
}
