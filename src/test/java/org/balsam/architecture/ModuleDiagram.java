package org.balsam.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The modules and what they declare to use, as a Mermaid diagram; the foundation is not drawn. */
record ModuleDiagram(ApplicationModules modules) {

  private static final List<String> LAYERS = List.of("usecase", "standard", "platform");
  private static final Set<String> FOUNDATION = Set.of("kernel", "audit");

  String mermaid() {
    var lines = new ArrayList<String>();
    lines.add("```mermaid");
    lines.add("flowchart TD");
    LAYERS.forEach(layer -> addLayer(layer, lines));
    modules.stream().sorted().forEach(module -> addArrows(module, lines));
    lines.add("```");
    return String.join("\n", lines);
  }

  private void addLayer(String layer, List<String> lines) {
    lines.add("  subgraph " + layer);
    modules.stream()
        .map(ModuleDiagram::name)
        .filter(name -> name.startsWith(layer + "."))
        .sorted()
        .forEach(name -> lines.add("    " + name + "[" + name.substring(layer.length() + 1) + "]"));
    lines.add("  end");
  }

  private static void addArrows(ApplicationModule module, List<String> lines) {
    declared(module)
        .map(used -> used.replaceFirst(" ::.*$", ""))
        .filter(used -> !FOUNDATION.contains(used))
        .distinct()
        .sorted()
        .forEach(used -> lines.add("  " + name(module) + " --> " + used));
  }

  private static Stream<String> declared(ApplicationModule module) {
    return module
        .getBasePackage()
        .getAnnotation(org.springframework.modulith.ApplicationModule.class)
        .map(declaration -> Stream.of(declaration.allowedDependencies()))
        .orElseThrow();
  }

  private static String name(ApplicationModule module) {
    return module.getIdentifier().toString();
  }
}
