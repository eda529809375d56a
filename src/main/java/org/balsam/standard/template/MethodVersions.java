package org.balsam.standard.template;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;

/** Finds the method that new work follows: the newest method tag, else the tip of main. */
@Component
public class MethodVersions {

  private static final String TAGS = "refs/tags/";
  private static final Pattern METHOD =
      Pattern.compile("mth/v(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");

  private final Forge forge;

  MethodVersions(Forge forge) {
    this.forge = forge;
  }

  /**
   * A method version.
   *
   * @param name the tag, or {@code main}
   */
  public record Method(String name, String commit) {}

  /**
   * The method that work starting now follows.
   *
   * @throws Rejection WRONG_STATE when the repository has no branch main
   */
  public Method newest(ProjectId project) {
    return forge.refs(project).entrySet().stream()
        .filter(ref -> ref.getKey().startsWith(TAGS))
        .map(ref -> new Method(ref.getKey().substring(TAGS.length()), ref.getValue()))
        .filter(method -> METHOD.matcher(method.name).matches())
        .max(
            Comparator.<Method>comparingInt(method -> part(method, 1))
                .thenComparingInt(method -> part(method, 2))
                .thenComparingInt(method -> part(method, 3)))
        .orElseGet(() -> main(project));
  }

  private Method main(ProjectId project) {
    return forge
        .resolve(project, "main")
        .map(commit -> new Method("main", commit))
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.WRONG_STATE,
                    "project " + project + " is not active: its repository has no branch main"));
  }

  private static int part(Method method, int group) {
    var matcher = METHOD.matcher(method.name);
    return matcher.matches() ? Integer.parseInt(matcher.group(group)) : -1;
  }
}
