package org.balsam.process.lint;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.process.engine.ProcessVariable;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.springframework.util.ReflectionUtils;

/** Every variable that a model or its forms name is a constant of the process: rule 7. */
final class VariableRules {

  private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
  private static final Pattern NAME = Pattern.compile("(?<![.\\w])[a-zA-Z_]\\w*(?!\\w*\\()");
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "camunda:(?:errorMessageVariable|errorCodeVariable|resultVariable)=\"(\\w+)\"");
  private static final Set<String> KNOWN =
      Set.of(
          "execution",
          "task",
          "roles",
          "loopCounter",
          "empty",
          "not",
          "and",
          "or",
          "eq",
          "ne",
          "true",
          "false",
          "null",
          "gt",
          "lt",
          "ge",
          "le",
          "nrOfInstances");

  static final List<Rule> ALL =
      List.of(
          new Rule("expressions use declared variables", VariableRules::expressions),
          new Rule("mappings use declared variables", VariableRules::mappings),
          new Rule("user tasks use declared variables", VariableRules::tasks),
          new Rule("form fields are declared variables", VariableRules::forms));

  private VariableRules() {}

  private static List<String> expressions(ProcessModel model) {
    var names = new LinkedHashSet<String>();
    var expressions = EXPRESSION.matcher(unescaped(model.xml()));
    while (expressions.find()) {
      var code = expressions.group(1).replaceAll("'[^']*'", "");
      var found = NAME.matcher(code);
      while (found.find()) {
        if (!found.group().matches(".*(Delegate|Listener)")) {
          names.add(found.group());
        }
      }
    }
    var attributes = ATTRIBUTE.matcher(model.xml());
    while (attributes.find()) {
      names.add(attributes.group(1));
    }
    names.removeAll(KNOWN);
    return undeclared(model.process().getId(), names.stream());
  }

  private static List<String> mappings(ProcessModel model) {
    var own =
        Stream.of(
                model.all(CamundaInputParameter.class).stream()
                    .map(CamundaInputParameter::getCamundaName),
                model.all(CamundaIn.class).stream().map(CamundaIn::getCamundaSource),
                model.all(CamundaOut.class).stream().map(CamundaOut::getCamundaTarget))
            .flatMap(names -> names)
            .filter(name -> name != null);
    var called =
        model.all(CallActivity.class).stream()
            .flatMap(
                call ->
                    undeclared(
                        call.getCalledElement(),
                        call.getExtensionElements().getChildElementsByType(CamundaIn.class).stream()
                            .map(CamundaIn::getCamundaTarget)
                            .filter(name -> name != null))
                        .stream());
    return Stream.concat(undeclared(model.process().getId(), own).stream(), called).toList();
  }

  private static List<String> tasks(ProcessModel model) {
    var names =
        model.all(UserTask.class).stream()
            .flatMap(
                task ->
                    ProcessModel.properties(task).entrySet().stream()
                        .filter(VariableRules::namesVariables)
                        .flatMap(property -> Arrays.stream(property.getValue().split(","))))
            .map(String::strip);
    return undeclared(model.process().getId(), names);
  }

  private static boolean namesVariables(Map.Entry<String, String> property) {
    return Set.of("decision", "reason", "display", "fields").contains(property.getKey())
        || property.getKey().startsWith("requiredFor_");
  }

  private static List<String> forms(ProcessModel model) {
    return undeclared(
        model.process().getId(),
        model.all(UserTask.class).stream()
            .flatMap(task -> FormModel.find(model.forms(), task.getCamundaFormRef()).stream())
            .flatMap(form -> form.keys().stream()));
  }

  private static List<String> undeclared(String process, Stream<String> names) {
    var declared = declared(process);
    return names
        .distinct()
        .filter(name -> !declared.contains(name))
        .map(name -> "the variables of " + process + " do not declare '" + name + "'")
        .toList();
  }

  private static Set<String> declared(String process) {
    return Beans.variablesOf(process).stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == ProcessVariable.class)
        .map(
            field -> {
              ReflectionUtils.makeAccessible(field);
              return ((ProcessVariable<?>) ReflectionUtils.getField(field, null)).name();
            })
        .collect(Collectors.toSet());
  }

  private static String unescaped(String xml) {
    return xml.replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
        .replace("&#39;", "'");
  }
}
