package org.balsam.process.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.EngineAccess;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Camunda Form of a task: its JSON, the values that it shows, the types of its fields. */
@Component
class TaskForms {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EngineAccess engine;
  private final FormService forms;
  private final TaskService tasks;
  private final RepositoryService repository;

  TaskForms(
      EngineAccess engine, FormService forms, TaskService tasks, RepositoryService repository) {
    this.engine = engine;
    this.forms = forms;
    this.tasks = tasks;
    this.repository = repository;
  }

  @Nullable String json(Task task) {
    if (task.getCamundaFormRef() == null) {
      return null;
    }
    try (var form = engine.asSystem(() -> forms.getDeployedTaskForm(task.getId()))) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (RuntimeException failure) {
      throw isGone(task)
          ? new Rejection(
              ErrorCode.TASK_GONE, "somebody else completed this task at the same moment")
          : failure;
    }
  }

  /** The engine does not say so of a task that ends while its form is read: it fails anyhow. */
  private boolean isGone(Task task) {
    return engine.asSystem(() -> tasks.createTaskQuery().taskId(task.getId()).count()) == 0;
  }

  /** The task's and its process's variables, times as RFC 3339. */
  Map<String, Object> context(Task task) {
    var values = new TreeMap<String, Object>();
    engine
        .asSystem(() -> tasks.getVariables(task.getId()))
        .forEach((name, value) -> values.put(name, shown(value)));
    values.values().removeIf(java.util.Objects::isNull);
    return values;
  }

  String documentation(Task task) {
    var model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
    UserTask element = model.getModelElementById(task.getTaskDefinitionKey());
    return element.getDocumentations().stream()
        .map(text -> text.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  /** Turns JSON values into the types of the form's fields. */
  Map<String, Object> typed(Task task, Map<String, Object> variables) {
    var types = fieldTypes(task);
    var values = new HashMap<String, Object>();
    variables.forEach(
        (name, value) -> values.put(name, typed(name, types.getOrDefault(name, ""), value)));
    return values;
  }

  private Map<String, String> fieldTypes(Task task) {
    var json = json(task);
    var types = new HashMap<String, String>();
    if (json != null) {
      try {
        collect(JSON.readTree(json).path("components"), types);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
    return types;
  }

  private static void collect(JsonNode components, Map<String, String> types) {
    for (var component : components) {
      if (component.hasNonNull("key")) {
        var type = component.path("type").asText();
        // a date without a time stays the text that it is
        var isDate = component.path("subtype").asText().equals("date");
        types.put(component.get("key").asText(), isDate ? "date" : type);
      }
      collect(component.path("components"), types);
    }
  }

  private static @Nullable Object typed(String name, String type, @Nullable Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value == null || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof String text) {
      return type.equals("datetime") && !text.isEmpty() ? time(name, text) : text;
    }
    throw new Invalid(
        ErrorCode.INVALID_INPUT,
        "/variables/" + name,
        "allowed are texts, booleans, whole numbers and times");
  }

  private static Date time(String name, String text) {
    try {
      return Date.from(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "/variables/" + name,
          "is not a time of RFC 3339 with a zone, for example 2026-11-13T09:30:00+01:00");
    }
  }

  private static @Nullable Object shown(@Nullable Object value) {
    return value instanceof Date date ? date.toInstant().toString() : value;
  }
}
