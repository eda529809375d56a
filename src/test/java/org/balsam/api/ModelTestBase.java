package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model of {@code emp-secret} with two versions, the second of them champion. */
abstract class ModelTestBase extends ApiTestBase {

  static final ProjectId PROJECT = new ProjectId(P);

  private static final AtomicInteger COUNT = new AtomicInteger();

  @Autowired ModelRegistry registry;
  @Autowired Forge forge;
  @Autowired JdbcClient jdbc;

  ModelName name;
  String path;

  @BeforeEach
  void trainTwice() {
    name = new ModelName("damage-" + COUNT.incrementAndGet());
    path = PATH + "/models/" + name;
    train(PROJECT, 0, 2);
  }

  /** Registers and promotes versions one after the other, counted from {@code first}. */
  void train(ProjectId project, int first, int versions) {
    RegisteredModel champion = null;
    for (int number = first; number < first + versions; number++) {
      champion = promote(candidate(project, number), champion);
    }
  }

  RegisteredModel candidate(ProjectId project, int number) {
    return candidate(
        project, number, "{\"purpose\":\"Find <b>damage</b>\",\"limits\":[\"rare *classes*\"]}");
  }

  RegisteredModel candidate(ProjectId project, int number, String card) {
    var training = new TrainingId(project, "a" + "%02d%03d".formatted(COUNT.get(), number));
    var model =
        registry.register(
            new Registration(
                training,
                name,
                Change.PATCH,
                List.of(ModelSource.of("model.onnx", bytes("weights " + number + project))),
                bytes(card)));
    return registry.attachEvidence(
        project, model.id(), List.of(ModelSource.of("gate.json", bytes("{\"n\":" + number + "}"))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  RegisteredModel promote(RegisteredModel model, RegisteredModel champion) {
    return registry.promote(
        new Promotion(
            model.training() + "/promote",
            model.project(),
            model.id(),
            model.artefact(),
            model.evidence(),
            champion == null ? null : champion.id(),
            null));
  }

  ApiFixture.Reply rollback(String person, String body) {
    return api.post(person, path + "/rollback", body);
  }

  ApiFixture.Reply card(String version, String accept) {
    var target = path + "/versions/" + version + "/card";
    return api.send(
        "auditor", "GET", target, BodyPublishers.noBody(), "application/json", "Accept", accept);
  }

  String champion() {
    return api.get("owner", path).json().at("/aliases/champion").asText();
  }

  boolean fileSays(String version) {
    var main = forge.resolve(PROJECT, "main").orElseThrow();
    return forge
        .read(PROJECT, main, "environments/production/" + name + ".yaml")
        .filter(file -> new String(file, UTF_8).contains("version: " + version + "\n"))
        .isPresent();
  }

  void complete(String person, String subject, String variables) {
    await(() -> taskOf(person, subject) != null);
    var done =
        api.post(
            person,
            "/api/v1/tasks/" + taskOf(person, subject) + "/complete",
            "{\"variables\":{" + variables + "}}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
  }

  void awaitState(String id, String state) {
    await(
        () ->
            api.get("owner", path + "/rollbacks/" + id)
                .json()
                .path("state")
                .asText()
                .equals(state));
  }

  long events(String action) {
    return jdbc.sql("select count(*) from audit_event where action = ? and project = ?")
        .params(action, P)
        .query(Long.class)
        .single();
  }

  /** Changes the newest bytes of an object behind the back of the storage. */
  static void flip(BalsamHome home, String key) throws IOException {
    Path content;
    try (var files = Files.walk(home.resolve("objects"))) {
      content =
          files
              .filter(file -> file.toString().endsWith(".data"))
              .filter(file -> file.toString().replace(",/", "/").contains("/" + key + "@/"))
              .findFirst()
              .orElseThrow();
    }
    assertThat(content.toFile().setWritable(true)).isTrue();
    var bytes = Files.readAllBytes(content);
    bytes[bytes.length - 2] ^= 1;
    Files.write(content, bytes);
  }
}
