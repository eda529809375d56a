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

  private final Map<String, Map<String, Set<String>>> ofDeployedForms = new ConcurrentHashMap<>();

  /** The names of the form's fields; empty where there is no form. Called inside a command. */
  Set<String> of(TaskEntity task) {
    return choices(task).keySet();
  }

  /** Each field with the values that it offers; with none where any is taken. */
  Map<String, Set<String>> choices(TaskEntity task) {
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

  private static Map<String, Set<String>> read(TaskEntity task) {
    var context = Context.getCommandContext();
    try (var form =
        context.runWithoutAuthorization(
            () -> new GetDeployedTaskFormCmd(task.getId()).execute(context))) {
      var fields = new HashMap<String, Set<String>>();
      collect(JSON.readTree(form).path("components"), fields);
      return Map.copyOf(fields);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the form of " + task.getTaskDefinitionKey() + " is not readable", unreadable);
    }
  }

  private static void collect(JsonNode components, Map<String, Set<String>> fields) {
    for (var component : components) {
      if (component.hasNonNull("key") && !component.path("disabled").asBoolean(false)) {
        var offered = new LinkedHashSet<String>();
        component.path("values").forEach(choice -> offered.add(choice.path("value").asText()));
        fields.put(component.get("key").asText(), offered);
      }
      collect(component.path("components"), fields);
    }
  }
}
