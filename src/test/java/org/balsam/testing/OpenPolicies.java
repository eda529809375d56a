package org.balsam.testing;

import java.util.Map;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.template.ProjectPolicies;

/** Allows everything that the format allows. */
public final class OpenPolicies implements ProjectPolicies {

  @Override
  public void require(ProjectId project, String commit) {}

  @Override
  public void requireParameters(
      ProjectId project, ModelName model, Map<String, String> parameters) {}
}
