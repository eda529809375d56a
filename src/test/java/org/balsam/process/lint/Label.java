package org.balsam.process.lint;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

/**
 * The name of an event, a gateway or a flow as bpmn-js writes it beside the element: 11 pixels
 * high, in lines of at most 90 pixels or the label's width, centred in its bounds, from their top.
 *
 * @param middle x of the middle of the lines
 * @param top y of the top of the first line
 */
record Label(FlowElement of, List<String> lines, double middle, double top) {

  static final double SIZE = 11;
  static final double PITCH = SIZE * 1.2;
  private static final double WIDEST = 90;

  /** The labels of a model that have a text and a place. */
  static List<Label> of(ProcessModel model) {
    return Stream.concat(
            model.sorted(FlowNode.class).filter(node -> !(node instanceof Activity)),
            model.sorted(SequenceFlow.class))
        .map(FlowElement.class::cast)
        .filter(element -> element.getName() != null && bounds(element) != null)
        .map(Label::of)
        .toList();
  }

  private static Label of(FlowElement element) {
    var bounds = bounds(element);
    var lines = wrap(element.getName(), Math.max(WIDEST, bounds.getWidth()), SIZE);
    return new Label(element, lines, bounds.getCenterX(), bounds.getY());
  }

  /** What the letters cover. */
  Rectangle2D box() {
    var width = lines.stream().mapToDouble(line -> width(line, SIZE)).max().orElse(0);
    return new Rectangle2D.Double(middle - width / 2, top, width, lines.size() * PITCH);
  }

  /** A text in lines not wider than {@code widest} pixels, where its words allow. */
  static List<String> wrap(String text, double widest, double size) {
    var lines = new ArrayList<String>();
    for (var word : text.split(" ")) {
      var last = lines.size() - 1;
      if (last >= 0 && width(lines.get(last) + " " + word, size) <= widest) {
        lines.set(last, lines.get(last) + " " + word);
      } else {
        lines.add(word);
      }
    }
    return lines;
  }

  /** Roughly what a text is wide in Arial. */
  private static double width(String text, double size) {
    return text.chars()
        .mapToDouble(
            letter ->
                "fijlrtI.,:;!'|() ".indexOf(letter) >= 0
                    ? 0.3
                    : "mwMW".indexOf(letter) >= 0 ? 0.85 : letter < 'a' ? 0.65 : 0.54)
        .map(part -> part * size)
        .sum();
  }

  private static Rectangle2D bounds(BaseElement element) {
    BpmnLabel label = null;
    if (element.getDiagramElement() instanceof BpmnShape shape) {
      label = shape.getBpmnLabel();
    } else if (element.getDiagramElement() instanceof BpmnEdge edge) {
      label = edge.getBpmnLabel();
    }
    return label == null || label.getBounds() == null
        ? null
        : new Rectangle2D.Double(
            label.getBounds().getX(),
            label.getBounds().getY(),
            label.getBounds().getWidth(),
            label.getBounds().getHeight());
  }
}
