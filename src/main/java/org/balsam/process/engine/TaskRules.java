package org.balsam.process.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a user task's extension properties demand.
 *
 * @param task the element's id
 * @param excludes user tasks whose completers may not do this one ({@code excludes}, by comma), and
 *     {@link TaskCompletions#START} where who started the instance may not ({@code
 *     excludesStarter})
 * @param decision what must be decided; null for a task that decides nothing
 * @param evidence the variable that holds the hash of what is decided on ({@code evidence})
 * @param fields variables beside the form's fields that the person may write ({@code fields})
 */
record TaskRules(
    String task,
    Set<String> excludes,
    @Nullable Decision decision,
    @Nullable String evidence,
    Set<String> fields) {

  /**
   * The decision that completing the task takes.
   *
   * @param variable its variable ({@code decision})
   * @param allowed its values ({@code decisions}); never empty
   * @param reasonRequiredFor values that need a reason ({@code reasonRequiredFor})
   * @param reason the reason's variable ({@code reason}; by default the variable with {@code
   *     Reason} appended)
   * @param required variables that a value needs ({@code requiredFor_<value>}), by value
   */
  record Decision(
      String variable,
      List<String> allowed,
      Set<String> reasonRequiredFor,
      String reason,
      Map<String, List<String>> required) {}

  /** Reads the properties of a {@code userTask} element. */
  static TaskRules of(Element userTask) {
    var id = userTask.attribute("id");
    var properties = properties(userTask);
    var decision = decision(id, properties);
    return new TaskRules(
        id,
        excluding(properties),
        decision,
        properties.get("evidence"),
        Set.copyOf(list(properties.get("fields"))));
  }

  /** The activities whose doers may not do the task, by its properties. */
  static Set<String> excluding(Map<String, String> properties) {
    var excluding = new HashSet<>(list(properties.get("excludes")));
    if (Boolean.parseBoolean(properties.getOrDefault("excludesStarter", "false"))) {
      excluding.add(TaskCompletions.START);
    }
    return Set.copyOf(excluding);
  }

  /** Whether a person may write the variable by virtue of these rules alone. */
  boolean declares(String variable) {
    return fields.contains(variable)
        || (decision != null
            && (decision.variable().equals(variable) || decision.reason().equals(variable)));
  }

  private static @Nullable Decision decision(String id, Map<String, String> properties) {
    var variable = properties.get("decision");
    if (variable == null) {
      return null;
    }
    var allowed = list(properties.get("decisions"));
    var reasonRequiredFor = Set.copyOf(list(properties.get("reasonRequiredFor")));
    if (allowed.isEmpty() || !allowed.containsAll(reasonRequiredFor)) {
      throw new ProcessEngineException(
          "user task '"
              + id
              + "' declares the decision '"
              + variable
              + "': its property 'decisions' must list the allowed values, among them all of"
              + " 'reasonRequiredFor'");
    }
    return new Decision(
        variable,
        allowed,
        reasonRequiredFor,
        properties.getOrDefault("reason", variable + "Reason"),
        allowed.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), value -> list(properties.get("requiredFor_" + value)))));
  }

  private static Map<String, String> properties(Element userTask) {
    var found = new HashMap<String, String>();
    var extensions = userTask.element("extensionElements");
    var properties = extensions == null ? null : extensions.element("properties");
    if (properties != null) {
      for (var property : properties.elements("property")) {
        found.put(property.attribute("name"), property.attribute("value"));
      }
    }
    return found;
  }

  private static List<String> list(@Nullable String value) {
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }
}
