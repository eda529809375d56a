package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.testing.Api;
import org.balsam.testing.Browser;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round on a real MinIO server that goes away in the middle: for half a minute while the steps
 * are to run, which nobody has to care about, and for so long before the publication that a person
 * has to.
 */
class StorageOutageIT {

  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String SECRET = "rootsecret";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private ScriptedServer storage;
  private ChildServer server;
  private RoundClient rounds;

  @Test
  void aRoundGoesOnAfterItsStorageWasAwayAndHasEachEffectOnce() throws Exception {
    storage = ScriptedServer.own("minio");
    server = new ChildServer(folder);
    try {
      server.start(settings().entrySet().stream().map(e -> "-D" + property(e)).toList());
      rounds = new RoundClient(new Api(server.base()));
      await(() -> rounds.isOpen("owner", ROUND, "userTask_confirmInputs"));
      isAwayForHalfAMinuteWhileStepsAreToRun();
      isAwayUntilSomebodyIsAsked();
      everyEffectHappenedOnce();
      noStepHeldTheServersKey();
    } finally {
      server.close();
      storage.close();
    }
  }

  /** The node stays in service: people can do what needs no storage. */
  private String readiness() {
    var reply = new Api(server.base()).get("admin", "/actuator/health/readiness");
    assertThat(reply.status()).isEqualTo(200);
    return reply.text();
  }

  private String platform() {
    return new Api(server.base()).get("admin", "/api/v1/platform").text();
  }

  private Map<String, String> settings() {
    return Map.of(
        "BALSAM_HEALTH_INTERVAL",
        "5s",
        "BALSAM_STORAGE_TYPE",
        "minio",
        "BALSAM_STORAGE_SERVER_ENDPOINT",
        storage.address().toString(),
        "BALSAM_STORAGE_SERVER_ACCESSKEY",
        "root",
        "BALSAM_STORAGE_SERVER_SECRETKEY",
        SECRET);
  }

  private static String property(Map.Entry<String, String> variable) {
    return variable.getKey().toLowerCase(Locale.ROOT).replace('_', '.') + "=" + variable.getValue();
  }

  private void isAwayForHalfAMinuteWhileStepsAreToRun() {
    rounds.complete("owner", ROUND, "userTask_confirmInputs", Map.of("inputsDecision", "confirm"));
    storage.halt();
    var back = Instant.now().plus(Duration.ofSeconds(30));
    await(() -> Instant.now().isAfter(back));
    assertThat(rounds.isOpen("quality", ROUND, "userTask_reviewResults")).isFalse();
    storage.resume();
    await(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
    assertThat(rounds.run(ROUND)).isEqualTo(1);
  }

  private void isAwayUntilSomebodyIsAsked() throws Exception {
    rounds.complete(
        "quality", ROUND, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
    await(() -> rounds.isOpen("owner", ROUND, "userTask_approveRelease"));
    var address = storage.address();
    await(() -> readiness().contains("\"UP\""));
    storage.halt();
    await(() -> readiness().contains("DEGRADED"));
    assertThat(platform()).contains("no answer from " + address).doesNotContain(SECRET);
    rounds.complete("owner", ROUND, "userTask_approveRelease", approval(at(2)));
    await(() -> !stuck().isEmpty());
    assertThat(stuck().get(0).message())
        .contains("object storage: could not", "no answer from " + address)
        .contains("check that the server runs");
    storage.resume();
    var cockpit = new Browser(server.base());
    cockpit.signIn("admin", "balsam");
    cockpit.get("/camunda/app/cockpit/default/");
    for (var job : stuck()) {
      var path = "/camunda/api/engine/engine/default/job/" + job.id() + "/retries";
      var again = cockpit.json("PUT", path, "{\"retries\":1}");
      assertThat(again.statusCode()).as(again.body()).isEqualTo(204);
    }
    await(() -> rounds.state(ROUND).equals("released"));
    await(() -> readiness().contains("\"UP\""));
  }

  /** A job of the engine that is not tried any more. */
  private record Stuck(String id, String message) {}

  private List<Stuck> stuck() {
    var found = new ArrayList<Stuck>();
    try (var connection = server.database();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select id_, exception_msg_ from engine.act_ru_job where retries_ = 0")) {
      while (rows.next()) {
        found.add(new Stuck(rows.getString(1), rows.getString(2)));
      }
      return found;
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private void everyEffectHappenedOnce() {
    var store =
        DetachedStorage.open(
            folder.resolve("none"), settings(), folder.resolve("spool"), Clock.systemUTC());
    for (var kind : List.of("out", "rel")) {
      var bucket = new BucketName("nsi-dev-emp-industry-" + kind);
      var keys = store.list(bucket, "").map(object -> object.key()).toList();
      assertThat(keys).as(kind).isNotEmpty();
      assertThat(keys).as(kind).allMatch(key -> store.versions(bucket, key).count() == 1);
    }
    assertThat(rounds.actions(ROUND)).containsOnlyOnce("round.released");
  }

  private void noStepHeldTheServersKey() throws Exception {
    var issued = holders("storage.key.issued");
    assertThat(issued).isNotEmpty();
    await(() -> holders("storage.key.revoked").containsAll(issued));
    try (var files = Files.walk(server.home().resolve("jobs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
    assertThat(server.logText()).doesNotContain(SECRET);
  }

  private List<String> holders(String action) {
    var found = new ArrayList<String>();
    try (var connection = server.database();
        var query =
            connection.prepareStatement(
                "select details::json ->> 'holder' from balsam.audit_event where action = ?")) {
      query.setString(1, action);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }
}
