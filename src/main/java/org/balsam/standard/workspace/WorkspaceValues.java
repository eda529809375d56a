package org.balsam.standard.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ShownText;

/**
 * What a template is filled in with: the workspace, where it belongs and whose it is. Credentials
 * are not among it; they are named only.
 *
 * @param projectName as people write it, one line
 * @param branch the Git branch, for example {@code lab/ujdoe01/price-outliers}
 * @param branchName as people write it, one line
 * @param workspace its id, for example {@code ws-lfs-ujdoe01}
 * @param workspaceName as people write it, one line
 * @param user the person's id
 * @param mail the person's address
 */
public record WorkspaceValues(
    Installation installation,
    ProjectId project,
    String projectName,
    String branch,
    String branchName,
    String workspace,
    String workspaceName,
    String user,
    String mail) {

  private static final Pattern BRANCH =
      Pattern.compile(
          "(?!.*(?:\\.\\.|//|\\.lock(?:/|\\z)))[A-Za-z0-9][A-Za-z0-9._/-]{0,198}[A-Za-z0-9]");

  private static final Pattern WORKSPACE =
      Pattern.compile(
          "(?=.{1,52}\\z)ws-[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*){0,3}-u[a-z0-9]{3,11}(?:-[1-9])?");
  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,188}");

  public WorkspaceValues {
    projectName = ShownText.line("project-name", projectName, 1, 100);
    branchName = ShownText.line("branch-name", branchName, 1, 200);
    workspaceName = ShownText.line("workspace-name", workspaceName, 1, 100);
    user = ShownText.line("user", user, 1, 100);
    check(
        BRANCH,
        "branch",
        branch,
        "2 to 200 letters, digits and . _ / -, a letter or digit first and last");
    check(WORKSPACE, "workspace", workspace, "for example ws-lfs-ujdoe01, at most 52 characters");
    check(MAIL, "mail", mail, "an address like jo.doe@nsi.example");
    if (!workspace.startsWith("ws-" + project + "-u")) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "workspace", "does not begin with ws-" + project + "-u");
    }
  }

  /** Where everything of the project is: {@code prd-lfs}. */
  public String namespace() {
    return installation.environment() + "-" + project;
  }

  /** The Secret that has to hold what its user signs in by. */
  public String secret() {
    return workspace + "-credentials";
  }

  /** By the names that BALSAM gives them. */
  Map<String, TemplateValue> variables(String template) {
    var variables = new LinkedHashMap<String, TemplateValue>();
    variables.put("Project.Id", TemplateValue.id(project.value()));
    variables.put("Project.Name", TemplateValue.name(projectName));
    variables.put("Project.Git.Name", TemplateValue.id(project.value()));
    variables.put("Project.S3.BucketName", TemplateValue.id(bucket()));
    variables.put("Branch.Id", TemplateValue.id(PlainName.of(branchName)));
    variables.put("Branch.Name", TemplateValue.name(branchName));
    variables.put("Branch.GitBranch", TemplateValue.id(branch));
    variables.put("Workspace.Id", TemplateValue.id(workspace));
    variables.put("Workspace.Name", TemplateValue.name(workspaceName));
    variables.put("Workspace.TemplateId", TemplateValue.id(template));
    variables.put("Workspace.ProjectId", TemplateValue.id(project.value()));
    variables.put("Workspace.BranchId", TemplateValue.id(PlainName.of(branchName)));
    variables.put("Workspace.Owner", TemplateValue.name(user));
    variables.put("User.UserName", TemplateValue.name(user));
    variables.put("User.Mail", TemplateValue.id(mail));
    variables.put("User.GitPAT", TemplateValue.credential("git-token"));
    variables.put("User.S3.AccessKey", TemplateValue.credential("s3-access-key"));
    variables.put("User.S3.SecretKey", TemplateValue.credential("s3-secret-key"));
    return variables;
  }

  /** Of this project alone. */
  private String bucket() {
    return installation.organisation() + "-" + namespace() + "-work";
  }

  private static void check(Pattern pattern, String what, String value, String allowed) {
    if (!pattern.matcher(value).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          what,
          "'%s' is not allowed; allowed: %s"
              .formatted(org.balsam.standard.yaml.Shown.of(value), allowed));
    }
  }
}
