package org.balsam.process.lint;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A model as its file says.
 *
 * @param file without the extension
 */
record ProcessModel(String file, String xml, BpmnModelInstance bpmn, Path forms) {

  /** Reads and validates against the BPMN schema. */
  static ProcessModel read(String file, String xml, Path forms) {
    var bpmn =
        Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return new ProcessModel(file, xml, bpmn, forms);
  }

  /** The executable process. */
  Process process() {
    return all(Process.class).iterator().next();
  }

  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return bpmn.getModelElementsByType(type);
  }

  /** The elements of a type in the order of their ids: the engine's model keeps none. */
  <T extends BaseElement> Stream<T> sorted(Class<T> type) {
    return all(type).stream().sorted(Comparator.comparing(one -> Objects.toString(one.getId())));
  }

  /** The elements of a type that {@code broken} finds broken, each with {@code what} is wrong. */
  <T extends BaseElement> List<String> where(Class<T> type, Predicate<T> broken, String what) {
    return all(type).stream().filter(broken).map(one -> one.getId() + " " + what).toList();
  }

  /** What {@code check} says of the elements of a type. */
  <T extends BaseElement> List<String> each(Class<T> type, Function<T, Stream<String>> check) {
    return all(type).stream()
        .flatMap(one -> check.apply(one).map(wrong -> one.getId() + " " + wrong))
        .toList();
  }

  /** The extension properties of an element. */
  static Map<String, String> properties(BaseElement element) {
    var found = new LinkedHashMap<String, String>();
    if (element.getExtensionElements() != null) {
      element
          .getExtensionElements()
          .getChildElementsByType(
              org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties.class)
          .stream()
          .flatMap(properties -> properties.getCamundaProperties().stream())
          .forEach(
              (CamundaProperty property) ->
                  found.put(property.getCamundaName(), property.getCamundaValue()));
    }
    return found;
  }

  /** A property that lists values by comma. */
  static List<String> list(BaseElement element, String property) {
    return Optional.ofNullable(properties(element).get(property)).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .toList();
  }

  @Override
  public String toString() {
    return file;
  }
}
