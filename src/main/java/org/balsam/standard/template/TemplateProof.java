package org.balsam.standard.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.standard.gate.HardwareProfile;

/** Renders a template with sample values: what it says must be so, and what it gives must work. */
final class TemplateProof {

  private static final Set<Kind> SCRIPTS = Set.of(Kind.SQL, Kind.PYTHON, Kind.R, Kind.NOTEBOOK);

  private final LoadedTemplate loaded;
  private final ProjectTemplate template;
  private final ProjectFileParser parser;

  TemplateProof(LoadedTemplate loaded, ProjectFileParser parser) {
    this.loaded = loaded;
    this.template = loaded.template();
    this.parser = parser;
  }

  /** What does not hold; none when the template is sound. */
  Stream<String> faults() {
    var declared = declared();
    return declared.isEmpty() ? rendered().stream() : declared.stream();
  }

  private List<String> declared() {
    var faults = new ArrayList<String>();
    var unknown = new TreeSet<>(loaded.placeholders());
    unknown.removeAll(loaded.names());
    if (!unknown.isEmpty()) {
      faults.add("unknown placeholders: " + String.join(", ", unknown));
    }
    for (var parameter : template.parameters()) {
      if (parameter.schema() == null || !parameter.schema().isObject()) {
        faults.add("the parameter '%s' has no schema".formatted(parameter.name()));
      }
    }
    template.policy().forEach(bound -> bound.fault().ifPresent(faults::add));
    for (var manual : template.manuals()) {
      if (!manual.startsWith("docs/") && !template.repository().contains(manual)) {
        faults.add(
            "the manual '%s' is neither in the repository nor under docs/".formatted(manual));
      }
    }
    if (!template.repository().contains("balsam.yaml")) {
      faults.add("the repository lacks balsam.yaml");
    }
    return faults;
  }

  private List<String> rendered() {
    var sample = new HashMap<String, String>();
    sample.put(LoadedTemplate.PROJECT, "sample");
    template.parameters().stream()
        .filter(parameter -> parameter.otherwise() == null)
        .forEach(parameter -> sample.put(parameter.name(), "Sample"));
    var files = loaded.render(sample);
    var name = template.id() + "/balsam.yaml";
    var declared = parser.parse(files.get("balsam.yaml"), name);
    var project =
        PipelineSteps.of(declared, files.keySet(), path -> Optional.ofNullable(files.get(path)));
    loaded.requireAllowed(files.get("balsam.yaml"), name);
    loaded.requireAllowed(project);
    template.demo().forEach(demo -> demo.deliveries(loaded.files().get(demo.file())));
    var faults = new ArrayList<String>();
    scripts(project)
        .filter(file -> !files.containsKey(file))
        .forEach(file -> faults.add("the repository lacks '" + file + "'"));
    steps(project, faults);
    return faults;
  }

  private static Stream<String> scripts(ProjectFile project) {
    return Stream.concat(
        project
            .allSteps()
            .map(ProjectFile.Step::command)
            .filter(command -> SCRIPTS.contains(command.kind()))
            .map(command -> command.file()),
        project.models().values().stream().map(ProjectFile.Model::card));
  }

  private void steps(ProjectFile project, List<String> faults) {
    var declared = template.steps().stream().map(step -> step.name() + " " + step.kind()).toList();
    var actual = project.allSteps().map(step -> step.name() + " " + step.command().kind()).toList();
    if (!declared.equals(actual)) {
      faults.add("the steps are %s, not %s".formatted(actual, declared));
    }
    project
        .allSteps()
        .forEach(
            step -> {
              var profile = HardwareProfile.of(step.resources());
              if (!template.hardware().contains(profile)) {
                faults.add(
                    "the step '%s' needs the hardware %s".formatted(step.name(), profile.value()));
              }
              if (step.network().compareTo(template.network()) > 0) {
                faults.add(
                    "the step '%s' needs the network %s".formatted(step.name(), step.network()));
              }
            });
  }
}
