package org.balsam.platform.forge.gitlab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.balsam.platform.forge.gitlab.GitLabStub.Hook;
import org.balsam.platform.forge.gitlab.GitLabStub.Project;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Sends what GitLab's documentation says that it sends to webhooks, after the push was answered.
 */
public final class GitLabEvents implements AutoCloseable {

  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, InetSocketAddress> names = new ConcurrentHashMap<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();

  /** Has a name lead to a port of this machine. */
  public void resolve(String host, int port) {
    names.put(host, new InetSocketAddress("127.0.0.1", port));
  }

  /** The statuses that webhooks answered. */
  public List<Integer> answers() {
    return answers;
  }

  void pushed(List<Hook> hooks, Project project, String user, ReceiveCommand command) {
    if (command.getResult() != ReceiveCommand.Result.OK) {
      return;
    }
    var name = command.getRefName();
    var isTag = name.startsWith("refs/tags/");
    var body = JsonNodeFactory.instance.objectNode();
    body.put("object_kind", isTag ? "tag_push" : "push").put("event_name", "push");
    body.put("before", command.getOldId().name()).put("after", command.getNewId().name());
    body.put("ref", name).put("user_username", user).put("user_name", "Somebody");
    if (!command.getNewId().equals(ObjectId.zeroId())) {
      body.put("checkout_sha", command.getNewId().name());
    }
    body.putObject("project").put("id", project.id).put("path_with_namespace", project.fullPath());
    body.putArray("commits").addObject().put("message", "Written by\na person \u200b");
    for (var hook : hooks) {
      sender.execute(() -> send(hook, isTag ? "Tag Push Hook" : "Push Hook", body));
    }
  }

  private void send(Hook hook, String event, ObjectNode body) {
    var url = URI.create(hook.url);
    var address = names.get(url.getHost());
    if (address == null) {
      return;
    }
    var id = UUID.randomUUID().toString();
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + address.getPort() + url.getRawPath()))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("X-Gitlab-Event", event)
            .header("X-Gitlab-Token", hook.token)
            .header("X-Gitlab-Event-UUID", id)
            .header("Idempotency-Key", id)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      answers.add(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (java.io.IOException away) {
      answers.add(0);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
