package org.balsam.standard.pipeline;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.platform.compute.JobSpec;

/**
 * An Elyra pipeline of generic nodes. Made by {@link PipelineParser} only: ids and labels are
 * unique, every parent is a node, and there is no cycle.
 *
 * @param nodes in the order of the file
 */
public record Pipeline(List<Node> nodes) {

  public Pipeline {
    nodes = List.copyOf(nodes);
  }

  /**
   * One notebook or script.
   *
   * @param label its name for people, unique in the file
   * @param kind notebook, Python or R
   * @param file path in the repository
   * @param image as the file names it; empty when it names none
   * @param dependencies paths and patterns of files, relative to the folder of {@code file}
   * @param subdirectories whether patterns without a folder are looked for in all folders below
   * @param outputs paths and patterns of what it writes, relative to its own folder
   * @param parents ids of the nodes that must have ended before
   */
  public record Node(
      String id,
      String label,
      JobSpec.Kind kind,
      String file,
      String image,
      List<String> dependencies,
      boolean subdirectories,
      List<String> outputs,
      Map<String, String> environment,
      Demand demand,
      Set<String> parents) {
    public Node {
      dependencies = List.copyOf(dependencies);
      outputs = List.copyOf(outputs);
      environment = Map.copyOf(environment);
      parents = Set.copyOf(parents);
    }

    /** The folder of the notebook or script in the repository: empty, or ending with a slash. */
    String folder() {
      return file.substring(0, file.lastIndexOf('/') + 1);
    }
  }

  /**
   * What a node needs of a machine; 0 where the file does not say.
   *
   * @param cpu cores
   * @param memoryMib mebibytes
   */
  public record Demand(int cpu, int memoryMib, int gpu) {}

  /**
   * The nodes in stages: all parents of a node are in earlier stages, and it comes as early as that
   * allows.
   */
  public List<List<Node>> stages() {
    return PipelineOrder.stages(nodes);
  }

  /** The ids of all nodes that lead to a node, over any number of links. */
  public Set<String> ancestors(Node node) {
    var byId = new LinkedHashMap<String, Node>();
    nodes.forEach(one -> byId.put(one.id(), one));
    var found = new LinkedHashSet<String>();
    var open = new TreeSet<>(node.parents());
    while (!open.isEmpty()) {
      var id = open.pollFirst();
      if (found.add(id)) {
        open.addAll(byId.get(id).parents());
      }
    }
    return found;
  }
}
