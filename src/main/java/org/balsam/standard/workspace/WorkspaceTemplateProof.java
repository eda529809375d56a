package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.yaml.LineProblems;

/**
 * Tries a template before anybody uses it: filled in for several workspaces with names that make
 * trouble, it has to obey the rules each time, and no two workspaces may share anything.
 */
public final class WorkspaceTemplateProof {

  /** Of several scripts; some differ in a mark only, one has no letter at all, one is long. */
  private static final List<String> AWKWARD =
      List.of(
          "Labour force survey",
          "Åland",
          "Öland",
          "Aland",
          "Työvoima – ääkköset",
          "Enquête « emploi » d'été",
          "Έρευνα εργατικού δυναμικού",
          "Ερευνα εργατικου δυναμικου",
          "📊🎉",
          "📊",
          "a: {b} \"; rm -rf $(HOME) #",
          "A very long name of a survey that nobody would want to write down a second time today");

  /** That the workspaces are of which it is tried for. */
  public static final ProjectId PROJECT = new ProjectId("emp-by-ind-longest");

  private WorkspaceTemplateProof() {}

  /**
   * Tries a template of either kind.
   *
   * @throws Invalid with everything that it may not do
   */
  public static void check(WorkspaceTemplate template) {
    if (template.isService()) {
      ParameterValues.variables(template, samples(template));
    } else {
      of(template);
    }
  }

  /**
   * Tries one that has manifests.
   *
   * @return the manifests of one of the workspaces, as an example
   * @throws Invalid with everything that a template may not do, by file and place
   */
  public static WorkspaceManifests of(WorkspaceTemplate template) {
    var parameters = samples(template);
    var problems = new LinkedHashSet<Problem>();
    var owners = new HashMap<String, String>();
    WorkspaceManifests example = null;
    for (var values : workspaces()) {
      try {
        var made = WorkspaceRendering.render(template, values, parameters);
        problems.addAll(shared(made, values.workspace(), owners));
        example = example == null ? made : example;
      } catch (Invalid refused) {
        problems.addAll(refused.problems());
      }
    }
    if (example == null || !problems.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, problems.stream().limit(LineProblems.LIMIT).toList());
    }
    return example;
  }

  private static Map<String, JsonNode> samples(WorkspaceTemplate template) {
    var samples = new LinkedHashMap<String, JsonNode>();
    for (var parameter : template.parameters()) {
      var sample = parameter.sample();
      if (sample == null) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "parameter " + parameter.name(),
            "has nothing to try it with; add a default, or examples to its schema");
      }
      samples.put(parameter.name(), sample);
    }
    return samples;
  }

  /** One for each name, by different people; and a second one of the first in all but its id. */
  private static List<WorkspaceValues> workspaces() {
    var workspaces = new ArrayList<WorkspaceValues>();
    for (var index = 0; index < AWKWARD.size(); index++) {
      workspaces.add(workspace(AWKWARD.get(index), "uproof" + (char) ('a' + index), 9));
    }
    workspaces.add(workspace(AWKWARD.get(0), "uproofa", 8));
    return workspaces;
  }

  private static WorkspaceValues workspace(String name, String person, int number) {
    return new WorkspaceValues(
        new Installation("nsi", "lab"),
        PROJECT,
        name,
        "lab/" + person + "/proof",
        name,
        "ws-" + PROJECT + "-" + person + "-" + number,
        name,
        name,
        person + "@nsi.example");
  }

  private static List<Problem> shared(
      WorkspaceManifests made, String workspace, Map<String, String> owners) {
    var problems = new ArrayList<Problem>();
    made.objects()
        .forEach(
            (file, object) ->
                things(object)
                    .forEach(
                        thing -> {
                          var other = owners.putIfAbsent(file + thing, workspace);
                          if (other != null) {
                            problems.add(
                                new Problem(
                                    file,
                                    "the workspaces %s and %s would share %s; put {{Workspace.Id}} into it"
                                        .formatted(other, workspace, thing)));
                          }
                        }));
    var other = owners.putIfAbsent("url " + made.url(), workspace);
    if (other != null) {
      problems.add(
          new Problem(
              WorkspaceTemplate.URL,
              "the workspaces %s and %s would have the address %s both"
                  .formatted(other, workspace, made.url())));
    }
    return problems;
  }

  private static List<String> things(JsonNode object) {
    var things = new LinkedHashSet<String>();
    things.add(object.path("kind").asText() + " " + object.at("/metadata/name").asText());
    var selector = object.at("/spec/selector");
    if (selector.isObject()) {
      things.add(
          "the pods with "
              + (selector.has("matchLabels") ? selector.path("matchLabels") : selector));
    }
    for (var rule : object.at("/spec/rules")) {
      for (var path : rule.at("/http/paths")) {
        things.add("the route " + rule.path("host").asText() + path.path("path").asText());
      }
    }
    return List.copyOf(things);
  }
}
