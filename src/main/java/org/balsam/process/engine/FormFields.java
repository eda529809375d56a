package org.balsam.process.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/**
 * The fields that a task's form lets a person fill in, and the values that it offers where it
 * offers some. A disabled field is shown, not filled in.
 */
@Component
class FormFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, Field>> ofDeployedForms = new ConcurrentHashMap<>();

  /**
   * A field.
   *
   * @param label what people read; its name where the form computes the label
   * @param offered empty where any value is taken
   */
  private record Field(String label, Set<String> offered) {}

  /** The names of the form's fields; empty where there is no form. Called inside a command. */
  Set<String> of(TaskEntity task) {
    return fields(task).keySet();
  }

  /** What people read at the field; its name where the form has none of this name. */
  String label(TaskEntity task, String name) {
    var field = fields(task).get(name);
    return field == null ? name : field.label;
  }

  /** Each field with the values that it offers; with none where any is taken. */
  Map<String, Set<String>> choices(TaskEntity task) {
    return fields(task).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().offered));
  }

  private Map<String, Field> fields(TaskEntity task) {
    var form = task.getTaskDefinition().getFormDefinition();
    if (form.getCamundaFormDefinitionKey() == null) {
      return Map.of();
    }
    if (!"deployment".equals(form.getCamundaFormDefinitionBinding())) {
      return read(task);
    }
    var key = task.getProcessDefinitionId() + "/" + task.getTaskDefinitionKey();
    var known = ofDeployedForms.get(key);
    if (known == null) {
      known = read(task);
      ofDeployedForms.put(key, known);
    }
    return known;
  }

  private static Map<String, Field> read(TaskEntity task) {
    var context = Context.getCommandContext();
    try (var form =
        context.runWithoutAuthorization(
            () -> new GetDeployedTaskFormCmd(task.getId()).execute(context))) {
      var fields = new HashMap<String, Field>();
      collect(JSON.readTree(form).path("components"), fields);
      return Map.copyOf(fields);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the form of " + task.getTaskDefinitionKey() + " is not readable", unreadable);
    }
  }

  private static void collect(JsonNode components, Map<String, Field> fields) {
    for (var component : components) {
      if (component.hasNonNull("key") && !component.path("disabled").asBoolean(false)) {
        var offered = new LinkedHashSet<String>();
        component.path("values").forEach(choice -> offered.add(choice.path("value").asText()));
        var key = component.get("key").asText();
        var label = component.path("label").asText();
        fields.put(key, new Field(label.isBlank() || label.startsWith("=") ? key : label, offered));
      }
      collect(component.path("components"), fields);
    }
  }
}
