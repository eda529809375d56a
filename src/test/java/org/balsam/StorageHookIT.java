package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.balsam.testing.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real MinIO server tells Balsam of data that somebody else writes into it. */
class StorageHookIT {

  private static final String TOKEN = "a-token-of-the-storage-server-0123456789";
  private static final String KEY = "2009-01/r0/raw/ces/b001/ces.csv";
  private static final BucketName RAW = new BucketName("nsi-dev-emp-industry-raw");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private ChildServer server;

  @Test
  void dataThatArrivePastBalsamAreNoticedOnce() throws Exception {
    server = new ChildServer(folder);
    var hook = server.base().resolve("/api/v1/hooks/object-storage");
    var target =
        Map.of(
            "MINIO_NOTIFY_WEBHOOK_ENABLE_BALSAM",
            "on",
            "MINIO_NOTIFY_WEBHOOK_ENDPOINT_BALSAM",
            hook.toString(),
            "MINIO_NOTIFY_WEBHOOK_AUTH_TOKEN_BALSAM",
            TOKEN);
    var storage = ScriptedServer.own("minio", target);
    try {
      var file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
      server.start(
          List.of(
              "-Dbalsam.storage.type=minio",
              "-Dbalsam.storage.server.endpoint=" + storage.address(),
              "-Dbalsam.storage.server.access-key=root",
              "-Dbalsam.storage.server.secret-key=rootsecret",
              "-Dbalsam.storage.notifications.target=arn:minio:sqs::BALSAM:webhook",
              "-Dbalsam.storage.notifications.token-file=" + file));
      var rounds = new RoundClient(new Api(server.base()));
      await(() -> rounds.isOpen("owner", "emp-industry-2008-q4-r0", "userTask_confirmInputs"));
      assertThat(arrived()).as("what the demo delivered itself").isEmpty();

      var object = write(store(storage));
      await(() -> arrived().equals(List.of(object.versionId())));
      for (var i = 0; i < 20; i++) {
        assertThat(send(TOKEN, notice(RAW.value(), KEY, object.versionId()))).isEqualTo(204);
      }
      refusesWhatIsNotOfTheServer(object);
      ignoresWhatIsNoDelivery(object);
      rounds.deliver("2008-12");
      var newer = write(store(storage), "month,value\n2009-01,2\n");
      await(() -> arrived().equals(List.of(object.versionId(), newer.versionId())));
    } finally {
      server.close();
      storage.close();
    }
  }

  private void refusesWhatIsNotOfTheServer(StoredObject object) throws Exception {
    var notice = notice(RAW.value(), KEY, object.versionId());
    assertThat(send(null, notice)).isEqualTo(403);
    assertThat(send(TOKEN + "x", notice)).isEqualTo(403);
    assertThat(send(TOKEN, "{\"Records\":")).isEqualTo(400);
  }

  private void ignoresWhatIsNoDelivery(StoredObject object) throws Exception {
    var version = object.versionId();
    assertThat(send(TOKEN, notice(RAW.value(), KEY, "00000000-0000-0000-0000-000000000000")))
        .isEqualTo(204);
    assertThat(send(TOKEN, notice("somebody-elses", KEY, version))).isEqualTo(204);
    assertThat(send(TOKEN, notice("nsi-prd-emp-industry-raw", KEY, version))).isEqualTo(204);
    assertThat(send(TOKEN, notice("nsi-dev-emp-industry-out", KEY, version))).isEqualTo(204);
    assertThat(send(TOKEN, notice(RAW.value(), "..%2F..%2Fetc%2Fpasswd", version))).isEqualTo(204);
    assertThat(send(TOKEN, notice(RAW.value(), "%zz", version))).isEqualTo(204);
    assertThat(send(TOKEN, notice(RAW.value(), "x/r0/raw/ces/b001/ces.csv", version)))
        .isEqualTo(204);
    assertThat(send(TOKEN, "{}")).isEqualTo(204);
    assertThat(send(TOKEN, "{\"Records\":[null,{\"s3\":{}}]}")).isEqualTo(204);
    assertThat(arrived()).containsExactly(version);
  }

  private ObjectStore store(ScriptedServer storage) {
    var settings =
        Map.of(
            "BALSAM_STORAGE_TYPE", "minio",
            "BALSAM_STORAGE_SERVER_ENDPOINT", storage.address().toString(),
            "BALSAM_STORAGE_SERVER_ACCESSKEY", "root",
            "BALSAM_STORAGE_SERVER_SECRETKEY", "rootsecret");
    return DetachedStorage.open(
        folder.resolve("none"), settings, folder.resolve("spool"), Clock.systemUTC());
  }

  private static StoredObject write(ObjectStore store) {
    return write(store, "month,value\n2009-01,1\n");
  }

  private static StoredObject write(ObjectStore store, String text) {
    return store.put(RAW, KEY, new ByteArrayInputStream(text.getBytes()), Map.of());
  }

  private static String notice(String bucket, String key, String version) {
    return """
        {"EventName":"s3:ObjectCreated:Put","Records":[{"eventName":"s3:ObjectCreated:Put",
        "s3":{"bucket":{"name":"%s"},"object":{"key":"%s","versionId":"%s"}}}]}"""
        .formatted(bucket, key, version);
  }

  private int send(@Nullable String token, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(server.base().resolve("/api/v1/hooks/object-storage"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  /** The versions of which the trail says that they arrived, in order. */
  private List<String> arrived() {
    var found = new ArrayList<String>();
    try (var connection = server.database();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select details::json ->> 'version' from balsam.audit_event"
                    + " where action = 'dataset.arrived' order by occurred_at")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }
}
