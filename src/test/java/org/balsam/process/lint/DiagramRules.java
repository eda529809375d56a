package org.balsam.process.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/** The picture: complete, in lanes, nothing on top of anything else. */
final class DiagramRules {

  private static final double TOLERANCE = 0.5;

  static final List<Rule> ALL =
      List.of(
          new Rule("every element is drawn", DiagramRules::drawn),
          new Rule("every node is in one lane", DiagramRules::lanes),
          new Rule("nodes are drawn inside what contains them", DiagramRules::inside),
          new Rule("shapes do not overlap", DiagramRules::overlaps),
          new Rule("flows are drawn at right angles from border to border", DiagramRules::edges));

  private DiagramRules() {}

  private static List<String> drawn(ProcessModel model) {
    return Stream.of(
            model.where(FlowNode.class, node -> node.getDiagramElement() == null, "is not drawn"),
            model.where(Lane.class, lane -> lane.getDiagramElement() == null, "is not drawn"),
            model.where(
                SequenceFlow.class, flow -> flow.getDiagramElement() == null, "is not drawn"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> lanes(ProcessModel model) {
    var lanes = model.all(Lane.class);
    return model.where(
        FlowNode.class,
        node ->
            node.getParentElement() instanceof Process
                && lanes.stream().filter(lane -> lane.getFlowNodeRefs().contains(node)).count()
                    != 1,
        "is not in exactly one lane");
  }

  private static List<String> inside(ProcessModel model) {
    var wrong = new ArrayList<String>();
    for (var lane : model.all(Lane.class)) {
      wrong.addAll(outside(lane.getFlowNodeRefs(), lane.getId(), bounds(lane.getDiagramElement())));
    }
    for (var sub : model.all(SubProcess.class)) {
      wrong.addAll(
          outside(
              sub.getChildElementsByType(FlowNode.class),
              sub.getId(),
              bounds(sub.getDiagramElement())));
    }
    return wrong;
  }

  private static List<String> outside(Collection<FlowNode> nodes, String container, Bounds outer) {
    return nodes.stream()
        .filter(node -> !(node instanceof BoundaryEvent) && node.getDiagramElement() != null)
        .filter(
            node -> {
              var inner = bounds(node.getDiagramElement());
              return outer == null
                  || inner.getX() < outer.getX()
                  || inner.getY() < outer.getY()
                  || inner.getX() + inner.getWidth() > outer.getX() + outer.getWidth()
                  || inner.getY() + inner.getHeight() > outer.getY() + outer.getHeight();
            })
        .map(node -> node.getId() + " is drawn outside " + container)
        .toList();
  }

  private static List<String> overlaps(ProcessModel model) {
    var nodes = List.copyOf(model.all(FlowNode.class));
    var wrong = new ArrayList<String>();
    for (var i = 0; i < nodes.size(); i++) {
      for (var j = i + 1; j < nodes.size(); j++) {
        if (overlap(nodes.get(i), nodes.get(j))) {
          wrong.add(nodes.get(i).getId() + " overlaps " + nodes.get(j).getId());
        }
      }
    }
    return wrong;
  }

  private static boolean overlap(FlowNode one, FlowNode other) {
    if (!one.getParentElement().equals(other.getParentElement())
        || isOn(one, other)
        || isOn(other, one)
        || one.getDiagramElement() == null
        || other.getDiagramElement() == null) {
      return false;
    }
    var a = bounds(one.getDiagramElement());
    var b = bounds(other.getDiagramElement());
    return a.getX() < b.getX() + b.getWidth()
        && b.getX() < a.getX() + a.getWidth()
        && a.getY() < b.getY() + b.getHeight()
        && b.getY() < a.getY() + a.getHeight();
  }

  private static boolean isOn(FlowNode event, FlowNode host) {
    return event instanceof BoundaryEvent boundary && host.equals(boundary.getAttachedTo());
  }

  private static List<String> edges(ProcessModel model) {
    return model.each(
        SequenceFlow.class,
        flow -> {
          if (flow.getDiagramElement() == null) {
            return Stream.empty();
          }
          var points = List.copyOf(((BpmnEdge) flow.getDiagramElement()).getWaypoints());
          return Stream.of(
                  points.size() < 2 || !isOrthogonal(points) ? "is not at right angles" : null,
                  touches(points.get(0), flow.getSource()) ? null : "does not begin at its source",
                  touches(points.get(points.size() - 1), flow.getTarget())
                      ? null
                      : "does not end at its target")
              .filter(Objects::nonNull);
        });
  }

  private static boolean isOrthogonal(List<Waypoint> points) {
    for (var i = 1; i < points.size(); i++) {
      if (!near(points.get(i).getX(), points.get(i - 1).getX())
          && !near(points.get(i).getY(), points.get(i - 1).getY())) {
        return false;
      }
    }
    return true;
  }

  private static boolean touches(Waypoint point, FlowNode node) {
    var box = bounds(node.getDiagramElement());
    var right = box.getX() + box.getWidth();
    var bottom = box.getY() + box.getHeight();
    var isWithin =
        point.getX() >= box.getX() - TOLERANCE
            && point.getX() <= right + TOLERANCE
            && point.getY() >= box.getY() - TOLERANCE
            && point.getY() <= bottom + TOLERANCE;
    return isWithin
        && (near(point.getX(), box.getX())
            || near(point.getX(), right)
            || near(point.getY(), box.getY())
            || near(point.getY(), bottom));
  }

  private static boolean near(double one, double other) {
    return Math.abs(one - other) <= TOLERANCE;
  }

  private static Bounds bounds(org.camunda.bpm.model.bpmn.instance.di.DiagramElement shape) {
    return shape == null ? null : ((BpmnShape) shape).getBounds();
  }
}
