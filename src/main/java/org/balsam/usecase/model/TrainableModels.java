package org.balsam.usecase.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;

/** What a project declares that can be trained, whether or not it was trained before. */
@Component
public class TrainableModels {

  private final MethodVersions methods;
  private final ProjectFiles files;

  TrainableModels(MethodVersions methods, ProjectFiles files) {
    this.methods = methods;
    this.files = files;
  }

  /**
   * A model that a training may name.
   *
   * @param parameters the declared values by name, which a training may change
   * @param seed the declared one, 0 to 4294967295
   */
  public record TrainableModel(
      String name, String title, Map<String, String> parameters, long seed) {

    private static TrainableModel of(ProjectFile.Model model) {
      return new TrainableModel(
          model.name(), model.title(), new TreeMap<>(model.parameters()), model.seed());
    }
  }

  /**
   * The models of the method that a training starting now would follow, by name.
   *
   * @throws NotFound when the actor is no member
   * @throws Rejection WRONG_STATE when the project is not active
   * @throws Invalid when its {@code balsam.yaml} is missing or malformed
   */
  public List<TrainableModel> of(ProjectId project, Actor actor) {
    actor.requireMemberOf(project);
    var declared = files.at(project, methods.newest(project).commit()).models().values();
    return declared.stream()
        .map(TrainableModel::of)
        .sorted(Comparator.comparing(TrainableModel::name))
        .toList();
  }
}
