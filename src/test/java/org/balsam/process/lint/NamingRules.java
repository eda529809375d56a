package org.balsam.process.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.Task;

/** Names and labels: architecture.md, rule 13. */
final class NamingRules {

  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("startEvent", "startEvent"),
          Map.entry("endEvent", "endEvent|errorEnd|messageEnd|compensationEnd"),
          Map.entry("intermediateCatchEvent", "messageCatch|timerCatch"),
          Map.entry("intermediateThrowEvent", "messageThrow|compensationThrow"),
          Map.entry(
              "boundaryEvent", "boundaryTimer|boundaryError|boundaryMessage|boundaryCompensation"),
          Map.entry("exclusiveGateway", "gateway"),
          Map.entry("parallelGateway", "gateway"),
          Map.entry("inclusiveGateway", "gateway"),
          Map.entry("eventBasedGateway", "eventGateway"),
          Map.entry("subProcess", "subProcess|eventSubProcess"),
          Map.entry("sequenceFlow", "flow"));
  private static final Pattern PARTICIPLE =
      Pattern.compile("\\b\\w+(ed|un|awn|ent|ade|et|eft|one|aken|iven|nown|ost|eld|uilt|ought)\\b");

  static final List<Rule> ALL =
      List.of(
          new Rule("file and process have the same name", NamingRules::fileName),
          new Rule("ids follow the grammar", NamingRules::ids),
          new Rule("tasks are labelled with verb and object", NamingRules::tasks),
          new Rule("events are labelled with object and past participle", NamingRules::events),
          new Rule("gateways ask and their flows answer", NamingRules::gateways),
          new Rule("pools, lanes and sub-processes are labelled", NamingRules::containers),
          new Rule("messages are past facts of balsam", NamingRules::messages),
          new Rule("error codes are those of the kernel", NamingRules::errors));

  private NamingRules() {}

  private static List<String> fileName(ProcessModel model) {
    var id = model.process().getId();
    var expected = id.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    return expected.equals(model.file()) ? List.of() : List.of(id + " is not in " + expected);
  }

  private static List<String> ids(ProcessModel model) {
    return model.each(
        FlowElement.class,
        element -> {
          var type = element.getElementType().getTypeName();
          var prefix = PREFIXES.getOrDefault(type, type);
          var grammar = "(" + prefix + ")_[a-z][A-Za-z]*";
          return element.getId() != null && element.getId().matches(grammar)
              ? Stream.empty()
              : Stream.of("does not match " + grammar);
        });
  }

  private static List<String> tasks(ProcessModel model) {
    return model.where(
        Task.class,
        task -> task.getName() == null || !task.getName().matches("[A-Z][a-z]+( [A-Za-z-]+)+"),
        "needs a label of verb and object");
  }

  private static List<String> events(ProcessModel model) {
    return model.where(
        Event.class,
        event ->
            event.getName() == null
                || !event.getName().contains(" ")
                || !PARTICIPLE.matcher(event.getName()).find(),
        "needs a label of object and past participle");
  }

  private static List<String> gateways(ProcessModel model) {
    return model.each(
        ExclusiveGateway.class,
        gateway -> {
          if (gateway.getOutgoing().size() < 2) {
            return Stream.empty();
          }
          var asks = gateway.getName() != null && gateway.getName().endsWith("?");
          return Stream.concat(
              asks ? Stream.empty() : Stream.of("does not ask a question"),
              gateway.getOutgoing().stream()
                  .filter(flow -> flow.getName() == null)
                  .map(SequenceFlow::getId)
                  .map(flow -> "is not answered by " + flow));
        });
  }

  private static List<String> containers(ProcessModel model) {
    return Stream.of(
            model.where(Participant.class, pool -> pool.getName() == null, "has no label"),
            model.where(Lane.class, lane -> lane.getName() == null, "has no label"),
            model.where(Activity.class, activity -> activity.getName() == null, "has no label"),
            model.all(Participant.class).isEmpty()
                ? List.of("there is no pool")
                : List.<String>of(),
            model.where(
                FlowNode.class,
                node -> node.getName() != null && node.getName().length() > 60,
                "has a label longer than 60 characters"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> messages(ProcessModel model) {
    return model.where(
        Message.class,
        message -> !message.getName().matches("balsam\\.[a-z][A-Za-z]*(ed|un|awn|ent)"),
        "is not named balsam.<pastFact>");
  }

  private static List<String> errors(ProcessModel model) {
    var known = Arrays.stream(ErrorCode.values()).map(Enum::name).toList();
    return model.where(
        Error.class, error -> !known.contains(error.getErrorCode()), "has an unknown error code");
  }
}
