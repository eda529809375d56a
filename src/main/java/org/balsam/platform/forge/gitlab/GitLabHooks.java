package org.balsam.platform.forge.gitlab;

import java.net.URI;
import org.balsam.platform.forge.ForgeProperties.Hook;
import org.gitlab4j.api.models.ProjectHook;
import org.jspecify.annotations.Nullable;

/** Has the server tell Balsam of what people do in a project. */
final class GitLabHooks {

  private final GitLabServer server;
  private final @Nullable Hook hook;

  GitLabHooks(GitLabServer server, @Nullable Hook hook) {
    this.server = server;
    this.hook = hook;
  }

  /** Makes the project's webhook, or gives it the token of today; leaves others alone. */
  void ensure(long project) {
    if (hook != null && hook.url() != null) {
      ensure(project, hook.url(), hook.token());
    }
  }

  private void ensure(long project, URI url, String token) {
    var doing = "set the webhook of project " + project;
    var present =
        server.all(doing, page -> server.calls().hooks(project, page)).stream()
            .filter(known -> url.toString().equals(known.getUrl()))
            .map(ProjectHook::getId)
            .findFirst();
    server.change(
        doing, () -> server.calls().setHook(project, present.orElse(null), url.toString(), token));
  }
}
