package org.balsam.process.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/**
 * The names of the fields that a task's form lets a person fill in: Camunda Forms and generated
 * fields. A disabled field is shown, not filled in.
 */
@Component
class FormFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Set<String>> ofDeployedForms = new ConcurrentHashMap<>();

  /** The fields of the task's form; empty where it has none. Called inside an engine command. */
  Set<String> of(TaskEntity task) {
    var form = task.getTaskDefinition().getFormDefinition();
    if (form.getCamundaFormDefinitionKey() == null) {
      return Set.of();
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

  private static Set<String> read(TaskEntity task) {
    var context = Context.getCommandContext();
    try (var form =
        context.runWithoutAuthorization(
            () -> new GetDeployedTaskFormCmd(task.getId()).execute(context))) {
      var fields = new HashSet<String>();
      collect(JSON.readTree(form).path("components"), fields);
      return Set.copyOf(fields);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the form of " + task.getTaskDefinitionKey() + " is not readable", unreadable);
    }
  }

  private static void collect(JsonNode components, Set<String> fields) {
    for (var component : components) {
      if (component.hasNonNull("key") && !component.path("disabled").asBoolean(false)) {
        fields.add(component.get("key").asText());
      }
      collect(component.path("components"), fields);
    }
  }
}
