package org.balsam.process.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
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
   * @param offered what people read at each value; empty where any value is taken
   */
  private record Field(String label, Map<String, String> offered) {}

  /** The names of the form's fields; empty where there is no form. Called inside a command. */
  Set<String> of(TaskEntity task) {
    return fields(task).keySet();
  }

  /** What people read at the field; its name where the form has none of this name. */
  String label(DelegateTask task, String name) {
    var field = field(task, name);
    return field == null ? name : field.label;
  }

  /** What people read at a value that the field offers; the value itself where it offers none. */
  String choice(DelegateTask task, String name, String value) {
    var field = field(task, name);
    return field == null ? value : field.offered.getOrDefault(value, value);
  }

  private @Nullable Field field(DelegateTask task, String name) {
    return task instanceof TaskEntity entity ? fields(entity).get(name) : null;
  }

  /** Each field with the values that it offers; with none where any is taken. */
  Map<String, Set<String>> choices(TaskEntity task) {
    return fields(task).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().offered.keySet()));
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
        var offered = new LinkedHashMap<String, String>();
        component.path("values").forEach(choice -> offer(choice, offered));
        var key = component.get("key").asText();
        var label = component.path("label").asText();
        fields.put(key, new Field(label.isBlank() || label.startsWith("=") ? key : label, offered));
      }
      collect(component.path("components"), fields);
    }
  }

  private static void offer(JsonNode choice, Map<String, String> offered) {
    var value = choice.path("value").asText();
    offered.put(value, choice.path("label").asText(value));
  }
}
