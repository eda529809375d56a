package org.balsam.production;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.PROJECT;
import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.balsam.testing.ScriptedServer;
import org.balsam.testing.Strikes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round and a training over the API of two Balsam servers that share a PostgreSQL and keep
 * everything on real servers. Each of those is away for half a minute in the middle, and one of the
 * two Balsams is killed.
 */
class ProductionIT {

  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String TRAININGS = "/api/v1/projects/strikes/trainings";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private RealServers servers;
  private Api api;
  private RoundClient rounds;
  private Incidents incidents;

  @Test
  void aRoundAndATrainingSurviveTheAbsenceOfEachServer() throws Exception {
    servers = new RealServers(folder);
    var first = new ChildServer(folder, "first");
    var second = new ChildServer(folder, "second");
    try {
      first.start(servers.settings());
      second.start(servers.settings());
      api = new Api(second.base(), servers::authorization);
      rounds = new RoundClient(api);
      incidents = new Incidents(api);
      project("emp-industry", "statistical-production");
      project("strikes", "ml-project");
      Strikes.declare(
          new LocalForge(second.home().resolve("git"), Clock.systemUTC()),
          new ProjectId("strikes"));
      leadsRound(first);
      trainsModel();
      everyEffectHappenedOnce();
      showsItElsewhere();
      verifiesTrail();
      tellsNoSecret(first, second);
    } finally {
      first.close();
      second.close();
      servers.close();
    }
  }

  /** An active project in which everybody has the role of their name. */
  private void project(String id, String template) {
    var asked =
        api.post(
            "owner",
            "/api/v1/projects",
            Map.of(
                "id",
                id,
                "name",
                "Project " + id,
                "purpose",
                "Runs on real servers",
                "template",
                template,
                "classification",
                "public"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var path = "/api/v1/projects/" + id;
    await(() -> rounds.isOpen("admin", id, "userTask_approveProject"));
    rounds.complete("admin", id, "userTask_approveProject", Map.of("approvalDecision", "approve"));
    await(() -> api.get("owner", path).body().path("state").asText().equals("active"));
    for (var role :
        List.of(
            "subject", "methodology", "production", "steward", "quality", "release", "auditor")) {
      // a node may believe for some seconds what it last heard from Keycloak
      var member = path + "/members/" + role;
      await(() -> api.put("owner", member, Map.of("roles", List.of(role))).status() < 300);
    }
  }

  private void leadsRound(ChildServer first) throws Exception {
    for (var month : List.of("2008-10", "2008-11", "2008-12")) {
      rounds.deliver(month);
    }
    var started = api.post("owner", PROJECT + "/rounds", Map.of("period", "2008-q4"));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    await(() -> rounds.isOpen("subject", ROUND, "userTask_confirmInputs"));
    rounds.complete(
        "subject", ROUND, "userTask_confirmInputs", Map.of("inputsDecision", "confirm"));
    first.kill();
    away(servers.storage);
    settle(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
    asksForPatienceWhileKeycloakIsAway();
    rounds.complete(
        "quality", ROUND, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
    away(servers.database);
    settle(() -> rounds.isOpen("owner", ROUND, "userTask_approveRelease"));
    rounds.complete("owner", ROUND, "userTask_approveRelease", approval(at(2)));
    var version = PROJECT + "/datasets/rel/employment/versions/2008-q4-r0.1";
    settle(() -> api.get("owner", version).status() == 200);
    settle(() -> rounds.isOpen("owner", ROUND, "userTask_evaluateRound"));
    rounds.complete(
        "owner", ROUND, "userTask_evaluateRound", Map.of("evaluationDecision", "closed"));
    settle(() -> rounds.state(ROUND).equals("closed"));
  }

  private void asksForPatienceWhileKeycloakIsAway() throws InterruptedException {
    servers.identity.halt();
    var back = Instant.now().plus(OUTAGE);
    await(() -> api.get("quality", "/api/v1/tasks").status() == 503);
    await(() -> Instant.now().isAfter(back));
    servers.identity.resume();
    await(() -> api.get("quality", "/api/v1/tasks").status() == 200);
  }

  private void trainsModel() {
    IntStream.rangeClosed(1995, 1998).forEach(this::deliverStrikes);
    var training =
        api.post(
            "production",
            TRAININGS,
            Map.of("model", "damage", "period", "1998", "parameters", Map.of()));
    assertThat(training.status()).as(training.text()).isEqualTo(201);
    var id = training.body().path("id").asText();
    away(servers.cluster.server());
    settle(() -> rounds.isOpen("quality", id, "userTask_reviewPromotion"));
    rounds.complete("quality", id, "userTask_reviewPromotion", Map.of("reviewDecision", "approve"));
    settle(() -> rounds.isOpen("owner", id, "userTask_approveProduction"));
    servers.registry.halt();
    rounds.complete(
        "owner", id, "userTask_approveProduction", Map.of("productionDecision", "approve"));
    var back = Instant.now().plus(OUTAGE);
    await(() -> Instant.now().isAfter(back));
    servers.registry.resume();
    settle(
        () ->
            api.get("owner", TRAININGS + "/" + id)
                .body()
                .path("state")
                .asText()
                .equals("promoted"));
  }

  private void deliverStrikes(int year) {
    var path = "/api/v1/projects/strikes/datasets/raw/strikes/objects/strikes.csv?period=" + year;
    var done = api.put("steward", path, Strikes.of(year).getBytes(UTF_8));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
  }

  /** Ends the server for half a minute. */
  private static void away(ScriptedServer server) {
    server.halt();
    var back = Instant.now().plus(OUTAGE);
    await(() -> Instant.now().isAfter(back));
    server.resume();
  }

  /** Waits, and has what was given up during an outage tried again. */
  private void settle(BooleanSupplier condition) {
    await(
        () -> {
          incidents.retry();
          return condition.getAsBoolean();
        });
  }

  private void everyEffectHappenedOnce() {
    assertThat(rounds.actions(ROUND))
        .containsOnlyOnce(
            "round.opened", "round.released", "round.evidence.sealed", "round.closed");
    var jobs = servers.cluster.admin().batch().v1().jobs();
    assertThat(jobs.inNamespace("dev-emp-industry").list().getItems())
        .allSatisfy(job -> assertThat(job.getStatus().getFailed()).as(job.toString()).isNull());
    assertThat(incidents.messages())
        .allSatisfy(message -> assertThat(message).doesNotContain("Exception", "\tat "));
  }

  private void showsItElsewhere() throws Exception {
    for (var project : List.of("emp-industry", "strikes")) {
      assertThat(servers.realm().childrenOf("/nsi/production/" + project))
          .contains("owner", "quality");
    }
    var champion =
        "/api/2.0/mlflow/registered-models/alias?name=nsi-dev.strikes.damage&alias=champion";
    var shown =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(servers.registry.address().resolve(champion)).build(),
                BodyHandlers.ofString());
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
  }

  private void verifiesTrail() throws Exception {
    var bundle = folder.resolve("audit.zip");
    api.download("admin", "/api/v1/audit/export", bundle);
    var report = AuditVerifier.verify(bundle, AuditVerifier.Options.NONE);
    assertThat(report.verified()).as(report.text()).isTrue();
  }

  private static void tellsNoSecret(ChildServer... servers) throws IOException {
    for (var server : servers) {
      assertThat(Files.readString(server.log()))
          .doesNotContain("appsecret", "ownersecret", "rootsecret");
    }
  }
}
