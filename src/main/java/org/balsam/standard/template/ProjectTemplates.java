package org.balsam.standard.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.standard.yaml.Shown;
import org.springframework.stereotype.Component;

/**
 * The catalogue of project templates. Every template is loaded and rendered once at start; a faulty
 * one stops the start with a message that names it. May be called from any thread.
 */
@Component
public class ProjectTemplates {

  private final Map<String, LoadedTemplate> templates;

  /**
   * Loads the templates.
   *
   * @throws Invalid when a template is malformed, names a file that is not there, or does not
   *     render to a valid {@code balsam.yaml}
   */
  public ProjectTemplates(TemplatesProperties properties, ProjectFileParser parser) {
    templates = new TreeMap<>();
    for (var template : new TemplateLoader(properties.location(), parser).load()) {
      var id = template.template().id();
      if (templates.put(id, template) != null) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "balsam.templates.location=" + properties.location(),
            "holds two templates with the id '" + id + "'");
      }
    }
  }

  /** All templates, by id. */
  public List<ProjectTemplate> list() {
    return templates.values().stream().map(LoadedTemplate::template).toList();
  }

  /**
   * The files of a new project's first commit, by path, with the parameters' values filled in.
   *
   * @param parameters values by name: {@code project} (an identifier) and the template's own; those
   *     with a default may be left out
   * @throws NotFound when there is no such template
   * @throws Invalid with every value that is unknown, missing or not allowed
   */
  public Map<String, byte[]> render(String templateId, Map<String, String> parameters) {
    return loaded(templateId).render(parameters);
  }

  /**
   * The template's example data as monthly deliveries, by dataset ({@code raw/ces}) and month;
   * empty when it has none.
   *
   * @throws NotFound when there is no such template
   */
  public Map<String, SortedMap<Period, byte[]>> demoDeliveries(String templateId) {
    var loaded = loaded(templateId);
    var deliveries = new LinkedHashMap<String, SortedMap<Period, byte[]>>();
    for (var demo : loaded.template().demo()) {
      var csv = loaded.files().get(demo.file());
      deliveries.put(demo.dataset(), demo.deliveries(csv));
    }
    return deliveries;
  }

  /**
   * Holds a project file against the policy of a template.
   *
   * @throws NotFound when there is no such template
   * @throws Invalid INVALID_PROJECT_FILE with every setting outside its bounds, by name and line
   */
  public void requireAllowed(String templateId, byte[] projectFile) {
    loaded(templateId).requireAllowed(projectFile, "balsam.yaml");
  }

  /**
   * Holds the nodes of a project's pipeline against the policy of a template.
   *
   * @throws NotFound when there is no such template
   * @throws Invalid INVALID_PROJECT_FILE with every setting outside its bounds, by node and name
   */
  public void requireAllowed(String templateId, ProjectFile project) {
    loaded(templateId).requireAllowed(project);
  }

  /**
   * Holds the parameters of one training against the policy of a template.
   *
   * @throws NotFound when there is no such template
   * @throws Invalid INVALID_INPUT with every parameter outside its bounds, by name
   */
  public void requireAllowedParameters(
      String templateId, ModelName model, Map<String, String> parameters) {
    loaded(templateId).requireAllowedParameters(model, parameters);
  }

  private LoadedTemplate loaded(String id) {
    var template = templates.get(id);
    if (template == null) {
      throw new NotFound(
          "there is no template '%s'; there are: %s"
              .formatted(Shown.of(id), String.join(", ", templates.keySet())));
    }
    return template;
  }
}
