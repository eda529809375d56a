package org.balsam.process.lint;

import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Role;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** What every task of a person has: processes.md. */
final class UserTaskRules {

  private static final int SHORTEST_DOCUMENTATION = 150;
  private static final Pattern BY_ROLE =
      Pattern.compile(
          "\\$\\{roles\\.groups?\\(execution,\\s*'([a-z, ]+)'\\)}(,platform/administrator)?");

  static final List<Rule> ALL =
      List.of(
          new Rule("user tasks have a form of their deployment", UserTaskRules::forms),
          new Rule("user tasks are offered to roles", UserTaskRules::roles),
          new Rule("user tasks have a due date", UserTaskRules::dueDates),
          new Rule("user tasks are documented", UserTaskRules::documentation),
          new Rule("user tasks are escalated", UserTaskRules::escalation),
          new Rule("user tasks declare their decision", UserTaskRules::decisions),
          new Rule("forms offer exactly the decisions", UserTaskRules::offered),
          new Rule("excluded tasks exist", UserTaskRules::excludes));

  private UserTaskRules() {}

  private static List<String> forms(ProcessModel model) {
    return model.each(
        UserTask.class,
        task ->
            Stream.of(
                    task.getCamundaFormRef() == null
                            || !Files.exists(
                                model.forms().resolve(task.getCamundaFormRef() + ".form"))
                        ? "has no form in forms/"
                        : null,
                    "deployment".equals(task.getCamundaFormRefBinding())
                        ? null
                        : "does not bind its form to its deployment")
                .filter(Objects::nonNull));
  }

  private static List<String> roles(ProcessModel model) {
    var known = Stream.of(Role.values()).map(Role::value).collect(Collectors.toSet());
    return model.where(
        UserTask.class,
        task -> {
          var groups = String.valueOf(task.getCamundaCandidateGroups());
          var byRole = BY_ROLE.matcher(groups);
          return !groups.equals("platform/administrator")
              && !(byRole.matches()
                  && known.containsAll(
                      Stream.of(byRole.group(1).split(",")).map(String::strip).toList()));
        },
        "is not offered to roles of the project");
  }

  private static List<String> dueDates(ProcessModel model) {
    return model.where(UserTask.class, task -> task.getCamundaDueDate() == null, "has no due date");
  }

  private static List<String> documentation(ProcessModel model) {
    return model.where(
        UserTask.class,
        task ->
            task.getDocumentations().stream()
                .noneMatch(text -> text.getTextContent().length() >= SHORTEST_DOCUMENTATION),
        "does not say what the person decides, sees and causes");
  }

  private static List<String> escalation(ProcessModel model) {
    return model.where(
        UserTask.class,
        task ->
            model.all(BoundaryEvent.class).stream()
                .filter(event -> task.equals(event.getAttachedTo()) && !event.cancelActivity())
                .filter(event -> hasTimer(event))
                .noneMatch(
                    event ->
                        event.getOutgoing().stream()
                            .anyMatch(flow -> flow.getTarget() instanceof ServiceTask)),
        "is not escalated by a non-interrupting timer");
  }

  private static boolean hasTimer(BoundaryEvent event) {
    return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
  }

  private static List<String> decisions(ProcessModel model) {
    return model.each(
        UserTask.class,
        task -> {
          var properties = ProcessModel.properties(task);
          var allowed = ProcessModel.list(task, "decisions");
          return Stream.of(
                  properties.containsKey("decision") ? null : "names no decision variable",
                  properties.containsKey("reason") ? null : "names no variable for the reason",
                  allowed.isEmpty() ? "lists no decisions" : null,
                  allowed.containsAll(ProcessModel.list(task, "reasonRequiredFor"))
                      ? null
                      : "demands a reason for an unknown decision")
              .filter(Objects::nonNull);
        });
  }

  private static List<String> offered(ProcessModel model) {
    return model.each(
        UserTask.class,
        task ->
            FormModel.find(model.forms(), task.getCamundaFormRef()).stream()
                .flatMap(
                    form -> {
                      var properties = ProcessModel.properties(task);
                      var offered = form.optionsOf(properties.get("decision"));
                      var allowed = Set.copyOf(ProcessModel.list(task, "decisions"));
                      return Stream.of(
                              offered.equals(allowed)
                                  ? null
                                  : "allows " + allowed + " but offers " + offered,
                              form.writable().contains(String.valueOf(properties.get("reason")))
                                  ? null
                                  : "has no field for the reason")
                          .filter(Objects::nonNull);
                    }));
  }

  private static List<String> excludes(ProcessModel model) {
    return model.each(
        UserTask.class,
        task ->
            ProcessModel.list(task, "excludes").stream()
                .filter(id -> !(model.bpmn().getModelElementById(id) instanceof UserTask))
                .map(id -> "excludes the unknown task " + id));
  }
}
