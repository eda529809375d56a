package org.balsam.standard.template;

import java.util.Map;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;

/** The bounds that a project inherits from the template that it was made from. */
public interface ProjectPolicies {

  /**
   * Admits the project file at a commit to new work.
   *
   * @param commit 40 hexadecimal digits
   * @throws org.balsam.kernel.Invalid INVALID_PROJECT_FILE with every setting that lies outside the
   *     bounds of the template's policy, by name and line
   * @throws org.balsam.kernel.NotFound when the project is unknown, or its template is not
   *     installed
   */
  void require(ProjectId project, String commit);

  /**
   * Admits the parameters of one training, which need not be those of the project file.
   *
   * @throws org.balsam.kernel.Invalid INVALID_INPUT with every parameter that lies outside the
   *     bounds of the template's policy for {@code models.*.parameters}
   * @throws org.balsam.kernel.NotFound when the project is unknown, or its template is not
   *     installed
   */
  void requireParameters(ProjectId project, ModelName model, Map<String, String> parameters);
}
