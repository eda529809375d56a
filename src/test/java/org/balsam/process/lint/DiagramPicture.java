package org.balsam.process.lint;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

/** A model as an SVG picture, drawn as its diagram says, for the pages of docs/. */
final class DiagramPicture {

  private static final double MARGIN = 10;
  private static final double NAME_SIZE = 12;

  private final ProcessModel model;
  private final StringBuilder svg = new StringBuilder();

  private DiagramPicture(ProcessModel model) {
    this.model = model;
  }

  /** The picture; the same model always gives the same bytes. */
  static String of(ProcessModel model) {
    return new DiagramPicture(model).draw();
  }

  private String draw() {
    model.sorted(Participant.class).forEach(this::frame);
    model.sorted(Lane.class).forEach(this::frame);
    model.sorted(SubProcess.class).forEach(this::subProcess);
    model
        .sorted(BaseElement.class)
        .filter(element -> element.getDiagramElement() instanceof BpmnEdge)
        .forEach(this::edge);
    model
        .sorted(FlowNode.class)
        .filter(node -> !(node instanceof BoundaryEvent) && !(node instanceof SubProcess))
        .forEach(this::node);
    model.sorted(BoundaryEvent.class).forEach(this::node);
    Label.of(model).forEach(label -> text(label.lines(), label.middle(), label.top(), Label.SIZE));
    var all = box(model.all(Participant.class).iterator().next());
    return format(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="%3$s %4$s %1$s %2$s" \
        font-family="Arial, sans-serif" fill="none" stroke="#22242a" stroke-width="1.5">
        <title>%5$s</title>
        <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" \
        orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#22242a" stroke="none"/></marker></defs>
        <rect x="%3$s" y="%4$s" width="%1$s" height="%2$s" fill="white" stroke="none"/>
        %6$s</svg>
        """,
        all.getWidth() + 2 * MARGIN,
        all.getHeight() + 2 * MARGIN,
        all.getX() - MARGIN,
        all.getY() - MARGIN,
        escape(model.all(Participant.class).iterator().next().getName()),
        svg);
  }

  private void frame(BaseElement element) {
    var box = box(element);
    rectangle(box, 0, "");
    var name = element.getAttributeValue("name");
    var x = box.getX() + 19;
    line("<g transform=\"rotate(-90 %s %s)\">", x, box.getCenterY());
    text(List.of(name), x, box.getCenterY() - NAME_SIZE, NAME_SIZE);
    line("</g>");
  }

  private void subProcess(SubProcess sub) {
    var box = box(sub);
    rectangle(box, 10, sub.triggeredByEvent() ? "stroke-dasharray=\"2 4\"" : "");
    text(List.of(sub.getName()), box.getCenterX(), box.getY() + 5, NAME_SIZE);
    repetition(sub, box);
  }

  private void edge(BaseElement element) {
    var points =
        ((BpmnEdge) element.getDiagramElement())
            .getWaypoints().stream()
                .map(point -> number(point.getX()) + "," + number(point.getY()))
                .collect(Collectors.joining(" "));
    var isFlow = element instanceof org.camunda.bpm.model.bpmn.instance.SequenceFlow;
    line(
        "<polyline points=\"%s\" stroke-linejoin=\"round\" %s/>",
        points, isFlow ? "marker-end=\"url(#arrow)\"" : "stroke-dasharray=\"1 4\"");
  }

  private void node(FlowNode node) {
    var box = box(node);
    if (node instanceof Activity activity) {
      task(activity, box);
    } else if (node instanceof Gateway) {
      gateway(node, box);
    } else {
      event((Event) node, box);
    }
  }

  private void task(Activity task, Rectangle2D box) {
    var person = task instanceof UserTask;
    rectangle(
        box,
        10,
        (person ? "fill=\"#eef4ff\"" : "fill=\"white\"")
            + (task instanceof CallActivity ? " stroke-width=\"4\"" : ""));
    if (person) {
      at(
          box.getX() + 15,
          box.getY() + 14,
          "<circle r=\"4\" cy=\"-3\"/><path d=\"M-7,9 a7,7 0 0 1 14,0 z\"/>");
    } else if (!(task instanceof CallActivity)) {
      at(
          box.getX() + 15,
          box.getY() + 15,
          "<circle r=\"6\" stroke-width=\"3\" stroke-dasharray=\"2.6 2.1\"/><circle r=\"2.5\"/>");
    }
    var lines = Label.wrap(task.getName(), box.getWidth() - 10, NAME_SIZE);
    text(lines, box.getCenterX(), box.getCenterY() - lines.size() * NAME_SIZE * 0.6, NAME_SIZE);
    repetition(task, box);
  }

  private void repetition(Activity activity, Rectangle2D box) {
    if (activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop) {
      var bars = "<path stroke-width=\"2\" d=\"M-5,-5 v10 M0,-5 v10 M5,-5 v10\"/>";
      at(
          box.getCenterX(),
          box.getMaxY() - 10,
          loop.isSequential() ? "<g transform=\"rotate(90)\">" + bars + "</g>" : bars);
    }
  }

  private void gateway(FlowNode gateway, Rectangle2D box) {
    var sign = "<path stroke-width=\"3\" d=\"M-7,-9 L7,9 M7,-9 L-7,9\"/>";
    if (gateway instanceof ParallelGateway) {
      sign = "<path stroke-width=\"3\" d=\"M-11,0 H11 M0,-11 V11\"/>";
    } else if (gateway instanceof EventBasedGateway) {
      sign = "<circle r=\"13\"/><path d=\"M0,-8 L8,-2 L5,7 H-5 L-8,-2 z\"/>";
    }
    at(
        box.getCenterX(),
        box.getCenterY(),
        "<path fill=\"white\" d=\"M0,-25 L25,0 L0,25 L-25,0 z\"/>" + sign);
  }

  private void event(Event event, Rectangle2D box) {
    var isStart = event instanceof StartEvent start && start.isInterrupting();
    var isEnd = event instanceof EndEvent;
    var goesOn =
        event instanceof BoundaryEvent boundary
            ? !boundary.cancelActivity()
            : event instanceof StartEvent start && !start.isInterrupting();
    var dashes = goesOn ? " stroke-dasharray=\"4 3\"" : "";
    var circle =
        "<circle r=\"18\" fill=\"white\"" + (isEnd ? " stroke-width=\"4\"" : "") + dashes + "/>";
    var inner = isStart || isEnd ? "" : "<circle r=\"14\"" + dashes + "/>";
    at(box.getCenterX(), box.getCenterY(), circle + inner + sign(event));
  }

  private static String sign(Event event) {
    var definitions =
        event.getChildElementsByType(org.camunda.bpm.model.bpmn.instance.EventDefinition.class);
    if (definitions.isEmpty()) {
      return "";
    }
    var filled =
        event instanceof EndEvent || event instanceof IntermediateThrowEvent
            ? " fill=\"#22242a\""
            : "";
    return switch (definitions.iterator().next().getElementType().getTypeName()) {
      case "messageEventDefinition" -> "<path d=\"M-8,-6 h16 v12 h-16 z l8,6 l8,-6\"/>";
      case "timerEventDefinition" -> "<circle r=\"10\"/><path d=\"M0,-7 V0 L5,3\"/>";
      case "errorEventDefinition" ->
          "<path" + filled + " d=\"M-8,8 L-3,-7 L3,2 L8,-8 L3,7 L-3,-2 z\"/>";
      case "compensateEventDefinition" ->
          "<path" + filled + " d=\"M-9,0 L0,-6 V6 z M0,0 L8,-6 V6 z\"/>";
      case "terminateEventDefinition" -> "<circle r=\"10\" fill=\"#22242a\"/>";
      default -> throw new IllegalArgumentException("no picture for " + event.getId());
    };
  }

  private void text(List<String> lines, double middle, double top, double size) {
    var spans =
        Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
            .map(
                i ->
                    format(
                        "<tspan x=\"%s\" y=\"%s\">%s</tspan>",
                        middle, top + size * (0.95 + 1.2 * i), escape(lines.get(i))))
            .collect(Collectors.joining());
    line(
        "<text text-anchor=\"middle\" font-size=\"%s\" fill=\"#22242a\" stroke=\"none\">%s</text>",
        size, spans);
  }

  private void rectangle(Rectangle2D box, double radius, String style) {
    line(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" %s/>",
        box.getX(), box.getY(), box.getWidth(), box.getHeight(), radius, style);
  }

  private void at(double x, double y, String drawing) {
    line("<g transform=\"translate(%s %s)\">%s</g>", x, y, drawing);
  }

  private void line(String template, Object... values) {
    svg.append(format(template, values)).append('\n');
  }

  private static String format(String template, Object... values) {
    return String.format(
        Locale.ROOT,
        template,
        Stream.of(values)
            .map(value -> value instanceof Double one ? number(one) : value)
            .toArray());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Rectangle2D box(BaseElement element) {
    var bounds = ((BpmnShape) element.getDiagramElement()).getBounds();
    return new Rectangle2D.Double(
        bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
  }
}
