package org.balsam.process.lint;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.balsam.usecase.model.TrainingState;
import org.balsam.usecase.round.RoundState;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;

/** How models run: architecture.md, rules 6 to 8. */
final class ExecutionRules {

  /** The processes whose tasks carry GSBPM numbers. */
  private static final List<String> ROUNDS = List.of("statisticalRound", "runStep");

  private static final List<Integer> SUB_PROCESSES = List.of(6, 6, 7, 4, 8, 5, 5, 3);

  static final List<Rule> ALL =
      List.of(
          new Rule("history is kept for a stated time", ExecutionRules::timeToLive),
          new Rule("service tasks call the delegate of their name", ExecutionRules::delegates),
          new Rule("delegates call the use case of their name", ExecutionRules::useCases),
          new Rule("service tasks are save points and retried", ExecutionRules::savePoints),
          new Rule(
              "user tasks and catches are followed by a save point", ExecutionRules::asyncAfter),
          new Rule("there are no scripts and no classes", ExecutionRules::noScripts),
          new Rule("listeners are beans", ExecutionRules::listeners),
          new Rule("every way goes on", ExecutionRules::connected),
          new Rule("decisions of gateways are complete", ExecutionRules::conditions),
          new Rule("GSBPM numbers are valid", ExecutionRules::gsbpm),
          new Rule("states are those of the work", ExecutionRules::states));

  private ExecutionRules() {}

  private static List<String> timeToLive(ProcessModel model) {
    return model.where(
        Process.class,
        process -> process.getCamundaHistoryTimeToLiveString() == null,
        "has no historyTimeToLive");
  }

  private static List<String> delegates(ProcessModel model) {
    return model.each(
        ServiceTask.class,
        task -> {
          var bean = delegateOf(task);
          var expected = "#{" + bean + "}";
          if (!expected.equals(task.getCamundaDelegateExpression())) {
            return Stream.of("must call " + expected);
          }
          return Beans.find(bean).isPresent() ? Stream.empty() : Stream.of("has no bean " + bean);
        });
  }

  private static List<String> useCases(ProcessModel model) {
    return model.each(
        ServiceTask.class,
        task ->
            Beans.find(delegateOf(task))
                .filter(bean -> !callsItsUseCase(bean))
                .map(bean -> "calls another use case than its name says")
                .stream());
  }

  private static boolean callsItsUseCase(Class<?> delegate) {
    var useCase = delegate.getSimpleName().replaceAll("Delegate$", "");
    return Arrays.stream(delegate.getDeclaredConstructors())
        .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
        .anyMatch(type -> type.getSimpleName().equals(useCase));
  }

  /** Three names stand for several elements: each element's id is unique, the work is not. */
  private static String delegateOf(ServiceTask task) {
    var name = task.getId().replaceFirst("^serviceTask_", "");
    if (name.matches("escalate[A-Z].*")) {
      return "escalateTaskDelegate";
    }
    if (name.matches("remindOf[A-Z].*")) {
      return "remindOfTaskDelegate";
    }
    return name.equals("cancelRequestedRound") ? "cancelRoundDelegate" : name + "Delegate";
  }

  /** Compensation handlers share the job of the event that throws, which makes their order sure. */
  private static List<String> savePoints(ProcessModel model) {
    var tasks =
        model.where(
            ServiceTask.class,
            task -> !task.isForCompensation() && !isSavePoint(task),
            "needs asyncBefore and a retry cycle");
    var throwing =
        model.where(
            ThrowEvent.class,
            event -> compensates(event.getEventDefinitions()) && !isSavePoint(event),
            "needs asyncBefore and a retry cycle");
    return Stream.of(tasks, throwing).flatMap(List::stream).toList();
  }

  private static boolean isSavePoint(FlowNode node) {
    return node.isCamundaAsyncBefore()
        && node.getExtensionElements() != null
        && !node.getExtensionElements()
            .getChildElementsByType(CamundaFailedJobRetryTimeCycle.class)
            .isEmpty();
  }

  private static boolean compensates(Collection<EventDefinition> definitions) {
    return definitions.stream().anyMatch(CompensateEventDefinition.class::isInstance);
  }

  private static List<String> asyncAfter(ProcessModel model) {
    return Stream.<Collection<? extends FlowNode>>of(
            model.all(UserTask.class), model.all(IntermediateCatchEvent.class))
        .flatMap(Collection::stream)
        .filter(node -> !node.isCamundaAsyncAfter())
        .map(node -> node.getId() + " needs asyncAfter")
        .toList();
  }

  private static List<String> noScripts(ProcessModel model) {
    var scripts =
        !model.all(ScriptTask.class).isEmpty()
            || !model.all(CamundaScript.class).isEmpty()
            || model.xml().contains("camunda:class=")
            || model.xml().contains("camunda:expression=");
    return scripts ? List.of("there are scripts, classes or expressions as code") : List.of();
  }

  private static List<String> listeners(ProcessModel model) {
    return Stream.concat(
            model.all(CamundaExecutionListener.class).stream()
                .map(CamundaExecutionListener::getCamundaDelegateExpression),
            model.all(CamundaTaskListener.class).stream()
                .map(CamundaTaskListener::getCamundaDelegateExpression))
        .filter(
            expression ->
                expression == null
                    || !expression.matches("#\\{[a-z][A-Za-z]*Listener}")
                    || Beans.find(expression.replaceAll("[#{}]", "")).isEmpty())
        .map(expression -> expression + " is not a listener bean")
        .toList();
  }

  private static List<String> connected(ProcessModel model) {
    return model.each(
        FlowNode.class,
        node -> {
          var aside =
              (node instanceof SubProcess sub && sub.triggeredByEvent())
                  || (node instanceof ServiceTask task && task.isForCompensation());
          var begins = node instanceof StartEvent || node instanceof BoundaryEvent || aside;
          var ends = node instanceof EndEvent || aside || leadsToHandler(node);
          return Stream.of(
                  !begins && node.getIncoming().isEmpty() ? "is never reached" : null,
                  !ends && node.getOutgoing().isEmpty() ? "leads nowhere" : null)
              .filter(Objects::nonNull);
        });
  }

  /** A compensation event is joined to its handler by an association. */
  private static boolean leadsToHandler(FlowNode node) {
    return node instanceof BoundaryEvent event
        && compensates(event.getEventDefinitions())
        && event.getModelInstance().getModelElementsByType(Association.class).stream()
            .filter(association -> association.getSource().equals(event))
            .anyMatch(
                association ->
                    association.getTarget() instanceof ServiceTask task
                        && task.isForCompensation());
  }

  private static List<String> conditions(ProcessModel model) {
    return model.each(
        ExclusiveGateway.class,
        gateway ->
            gateway.getOutgoing().size() < 2
                ? Stream.empty()
                : gateway.getOutgoing().stream()
                    .filter(flow -> flow.getConditionExpression() == null)
                    .filter(flow -> !flow.equals(gateway.getDefault()))
                    .map(flow -> "has no condition on " + flow.getId()));
  }

  private static List<String> gsbpm(ProcessModel model) {
    var demanded = ROUNDS.contains(model.process().getId());
    return model.each(
        org.camunda.bpm.model.bpmn.instance.Activity.class,
        activity -> {
          var numbers = ProcessModel.list(activity, "gsbpm");
          var event = activity instanceof SubProcess sub && sub.triggeredByEvent();
          return Stream.concat(
              demanded && !event && numbers.isEmpty()
                  ? Stream.of("has no GSBPM number")
                  : Stream.empty(),
              numbers.stream().filter(number -> !isGsbpm(number)).map(n -> n + " is not of GSBPM"));
        });
  }

  private static boolean isGsbpm(String number) {
    if (!number.matches("[1-8](\\.[1-8])?")) {
      return false;
    }
    var phase = number.charAt(0) - '0';
    return number.length() == 1 || number.charAt(2) - '0' <= SUB_PROCESSES.get(phase - 1);
  }

  private static List<String> states(ProcessModel model) {
    var training = model.process().getId().equals("mlTraining");
    var known =
        training
            ? Arrays.stream(TrainingState.values()).map(TrainingState::value).toList()
            : Arrays.stream(RoundState.values()).map(RoundState::value).toList();
    var listener = training ? "#{trainingStateListener}" : "#{roundStateListener}";
    return model.each(
        BaseElement.class,
        element ->
            ProcessModel.list(element, "state").stream()
                .flatMap(
                    state ->
                        Stream.of(
                                known.contains(state) ? null : state + " is not a state",
                                isListenedTo(element, listener)
                                    ? null
                                    : "has a state nobody listens to")
                            .filter(Objects::nonNull)));
  }

  private static boolean isListenedTo(BaseElement element, String listener) {
    return element
        .getExtensionElements()
        .getChildElementsByType(CamundaExecutionListener.class)
        .stream()
        .anyMatch(one -> listener.equals(one.getCamundaDelegateExpression()));
  }
}
