package org.balsam.process.lint;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

/** Names beside their elements can be read: nothing is drawn over them. */
final class LabelRules {

  static final List<Rule> ALL =
      List.of(
          new Rule("names have a place", LabelRules::unplaced),
          new Rule("names do not cover each other", LabelRules::covered),
          new Rule("nothing is drawn over a name", LabelRules::crossed));

  private LabelRules() {}

  private static List<String> unplaced(ProcessModel model) {
    var placed = Label.of(model).stream().map(label -> label.of().getId()).toList();
    return Stream.concat(
            model.all(FlowNode.class).stream()
                .filter(node -> !(node instanceof org.camunda.bpm.model.bpmn.instance.Activity)),
            model.all(SequenceFlow.class).stream())
        .filter(element -> element.getName() != null && !placed.contains(element.getId()))
        .map(element -> element.getId() + " has a name without a place in the picture")
        .toList();
  }

  private static List<String> covered(ProcessModel model) {
    var labels = Label.of(model);
    var wrong = new ArrayList<String>();
    for (var i = 0; i < labels.size(); i++) {
      for (var j = i + 1; j < labels.size(); j++) {
        if (labels.get(i).box().intersects(labels.get(j).box())) {
          wrong.add(labels.get(i).of().getId() + " is written over " + labels.get(j).of().getId());
        }
      }
    }
    return wrong;
  }

  private static List<String> crossed(ProcessModel model) {
    return Label.of(model).stream()
        .flatMap(
            label ->
                Stream.concat(shapes(model, label.box()), lines(model, label.box()))
                    .map(over -> over + " is drawn over the name of " + label.of().getId()))
        .toList();
  }

  private static Stream<String> shapes(ProcessModel model, Rectangle2D box) {
    return model.all(FlowNode.class).stream()
        .filter(node -> !(node instanceof SubProcess) && box(node).intersects(box))
        .map(BaseElement::getId);
  }

  private static Stream<String> lines(ProcessModel model, Rectangle2D box) {
    var flows =
        model.all(SequenceFlow.class).stream()
            .filter(flow -> segments(flow).anyMatch(line -> line.intersects(box)));
    var frames =
        Stream.concat(model.all(Lane.class).stream(), model.all(SubProcess.class).stream())
            .filter(frame -> box(frame).intersects(box) && !box(frame).contains(box));
    return Stream.concat(flows, frames).map(BaseElement::getId);
  }

  private static Stream<Line2D> segments(SequenceFlow flow) {
    var edge = flow.getDiagramElement();
    if (edge == null) {
      return Stream.empty();
    }
    var points = List.copyOf(edge.getWaypoints());
    return Stream.iterate(1, i -> i < points.size(), i -> i + 1)
        .map(
            i ->
                new Line2D.Double(
                    points.get(i - 1).getX(),
                    points.get(i - 1).getY(),
                    points.get(i).getX(),
                    points.get(i).getY()));
  }

  private static Rectangle2D box(BaseElement element) {
    if (!(element.getDiagramElement() instanceof BpmnShape shape)) {
      return new Rectangle2D.Double();
    }
    var bounds = shape.getBounds();
    return new Rectangle2D.Double(
        bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
  }
}
