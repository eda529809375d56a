package org.balsam.standard.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.balsam.standard.pipeline.Pipeline.Node;

/** Puts nodes into stages. */
final class PipelineOrder {

  private PipelineOrder() {}

  static List<List<Node>> stages(List<Node> nodes) {
    var stages = new ArrayList<List<Node>>();
    var left = new ArrayList<>(nodes);
    var done = new HashSet<String>();
    while (!left.isEmpty()) {
      var stage = left.stream().filter(node -> done.containsAll(node.parents())).toList();
      if (stage.isEmpty()) {
        return stages;
      }
      stages.add(stage);
      stage.forEach(node -> done.add(node.id()));
      left.removeAll(stage);
    }
    return stages;
  }

  /** The nodes that wait for each other or for such nodes; none when there is no cycle. */
  static List<Node> unreachable(List<Node> nodes) {
    var left = new ArrayList<>(nodes);
    stages(nodes).forEach(left::removeAll);
    return left;
  }
}
