package org.balsam.platform.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.ObjectStoreContract;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.StorageGrant.Place;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageProperties.StepKeys;
import org.balsam.platform.storage.StorageProperties.Type;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.platform.storage.remote.FaultyProxy.Fault;
import org.balsam.testing.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What every adapter for a storage server does, shown on real servers. */
public abstract class RemoteObjectStoreContract extends ObjectStoreContract {

  private static final String USER = "root";
  private static final String PASSWORD = "rootsecret";

  @TempDir Path spool;

  /** The adapter under test. */
  protected abstract ObjectStore store(Server server, Path spool, StorageRoom room);

  private ObjectStore store(Server server, Path spool) {
    return store(server, spool, StorageRoom.UNLIMITED);
  }

  /** The calls of the adapter under test. */
  protected abstract S3Calls calls(Server server);

  /** The adapter's name in {@code balsam.storage.type}. */
  protected abstract String type();

  @Override
  protected ProjectId project() {
    return new ProjectId("t" + UUID.randomUUID().toString().replace("-", "").substring(0, 8));
  }

  @Override
  protected boolean aKeyMayBeAFolder() {
    return false;
  }

  @Override
  protected ObjectStore client(StorageRoom room) {
    return store(server(address()), spool, room);
  }

  /** The script of the server under test. */
  protected String serverScript() {
    return "minio";
  }

  /** What the server under test is called in requests. */
  protected String region() {
    return "us-east-1";
  }

  /** What a message says when the server does not take a key. */
  protected String saysOfAWrongKey() {
    return "does not know this access key";
  }

  /** Whether the server under test keeps conditions of writes. */
  protected boolean isConditional() {
    return true;
  }

  /** The role of which the server under test makes keys for others. */
  protected @Nullable String role() {
    return null;
  }

  /** The maker of keys for others of the adapter under test. */
  protected abstract SessionKeys keys(Server server);

  /** Whether a key can be ended before its time. */
  protected abstract boolean endsKeys();

  private URI address() {
    return ScriptedServer.shared(serverScript()).address();
  }

  private Server server(URI address) {
    return server(address, null, USER, PASSWORD);
  }

  private Server server(URI address, Path file, String access, String secret) {
    return new Server(
        address,
        region(),
        true,
        isConditional(),
        file,
        access,
        secret,
        null,
        StepKeys.ASSUME_ROLE,
        role(),
        Duration.ofHours(12),
        null,
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(4),
        address,
        Duration.ofMinutes(1),
        DataSize.ofMegabytes(5));
  }

  @Test
  void manyBytesGoInPartsAndComeBackTheSame() throws IOException {
    var bytes = new byte[12_000_000];
    new Random(7).nextBytes(bytes);
    var object =
        store.put(raw, "big", new ByteArrayInputStream(bytes), Map.of("content-type", "text/csv"));
    assertThat(object.size()).isEqualTo(bytes.length);
    assertThat(VerifiedContent.of(object).read(store, bytes.length)).isEqualTo(bytes);
    assertThat(store.put(raw, "big", new ByteArrayInputStream(bytes), Map.of())).isEqualTo(object);
    bytes[0]++;
    var second = store.put(raw, "big", new ByteArrayInputStream(bytes), Map.of());
    assertThat(store.versions(raw, "big")).containsExactly(second, object);
    assertThat(Files.list(spool)).isEmpty();
  }

  @Test
  void anAddressFetchesOneVersionAndNothingElse() throws Exception {
    var old = put("dir/a.html", "<p>old</p>");
    var other = put("dir/a.html", "<p>new</p>");
    var issued = store.download(raw, "dir/a.html", old.versionId()).orElseThrow();
    assertThat(issued.until())
        .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(60));
    assertThat(issued.toString()).contains("dir/a.html").doesNotContainIgnoringCase("signature");
    assertThat(issued.address().toString()).doesNotContain(PASSWORD);
    var answer = fetch(issued.address().toString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<p>old</p>");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"a.html\"");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    for (var changed :
        List.of(
            issued.address().toString().replace(old.versionId(), other.versionId()),
            issued.address().toString().replace("a.html?", "b.html?"),
            issued.address().toString().replaceFirst("Expires=60", "Expires=600"))) {
      assertThat(changed).isNotEqualTo(issued.address().toString());
      assertThat(fetch(changed).statusCode()).as(changed).isEqualTo(403);
    }
    store.destroy(raw, "dir/a.html", old.versionId());
    assertThat(fetch(issued.address().toString()).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> fetch(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metadataOfAnyAllowedTextComesBackTheSame() {
    var metadata =
        Map.of("a", "", "b", " two  words ", "c", "100%20 %", "content-type", "text/csv");
    var object = store.put(raw, "a", bytes("x"), metadata);
    assertThat(object.metadata()).isEqualTo(metadata);
    assertThatThrownBy(() -> store.put(raw, "b", bytes("x"), Map.of("a", "x".repeat(2000))))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aKeyThatWouldHideOthersIsRefused() {
    put("a/b", "1");
    assertRejected(ErrorCode.ALREADY_EXISTS, () -> put("a", "2"));
    assertRejected(ErrorCode.ALREADY_EXISTS, () -> put("a/b/c/d", "3"));
    assertThatThrownBy(() -> put("x".repeat(256), "4")).isInstanceOf(Invalid.class);
    put("a.", "5");
    store.delete(raw, "a/b");
    assertRejected(ErrorCode.ALREADY_EXISTS, () -> put("a/b/c", "6"));
    assertThat(store.list(raw, "").map(StoredObject::key)).containsExactly("a.");
  }

  @Test
  void whatSomebodyElseWroteIsAnObjectToo() throws IOException {
    var calls = calls(server(address()));
    var file = Files.writeString(spool.resolve("foreign"), "by hand");
    calls.write(raw.value(), "a", file, Map.of("who", "me"), null);
    calls.write(raw.value(), "not, allowed", file, Map.of(), null);
    var object = store.find(raw, "a").orElseThrow();
    assertThat(object.metadata()).isEqualTo(Map.of("who", "me"));
    VerifiedContent.of(object).verify(store);
    assertThat(store.list(raw, "")).containsExactly(object);
  }

  @Test
  void lyingMetadataAreNoticedWhenTheBytesAreUsed() throws IOException {
    var file = Files.writeString(spool.resolve("foreign"), "forged");
    calls(server(address()))
        .write(raw.value(), "a", file, Map.of("balsam-sha256", "0".repeat(64)), null);
    var object = store.find(raw, "a").orElseThrow();
    assertRejected(ErrorCode.DATA_CHANGED, () -> VerifiedContent.of(object).verify(store));
  }

  @Test
  void theServerItselfProtectsWhatIsRetainedOrHeld() throws IOException {
    var calls = calls(server(address()));
    var retained = put("a", "one");
    var held = put("b", "one");
    var until = Instant.now().plus(Duration.ofHours(1));
    var after = store.retain(raw, "a", retained.versionId(), until);
    assertThat(after.retainUntil()).isAfterOrEqualTo(until).isBefore(until.plusSeconds(1));
    assertThat(store.retain(raw, "a", retained.versionId(), until)).isEqualTo(after);
    store.hold(raw, "b", held.versionId(), true);
    assertThatThrownBy(() -> calls.delete(raw.value(), "a", retained.versionId()))
        .isInstanceOf(S3Refusal.class);
    assertThatThrownBy(() -> calls.delete(raw.value(), "b", held.versionId()))
        .isInstanceOf(S3Refusal.class);
    assertThatThrownBy(
            () ->
                calls.retain(raw.value(), "a", retained.versionId(), Instant.now().plusSeconds(60)))
        .isInstanceOf(S3Refusal.class);
  }

  @Test
  void aDeletionIsNotDestroyed() throws IOException {
    put("a", "one");
    store.delete(raw, "a");
    var entries = calls(server(address())).list(raw.value(), "a", null, 10).entries();
    assertThat(entries).hasSize(2);
    var deletion = entries.stream().filter(S3Calls.Listed::deletion).findFirst().orElseThrow();
    assertThat(deletion.latest()).isTrue();
    store.destroy(raw, "a", deletion.versionId());
    assertThat(store.find(raw, "a")).isEmpty();
  }

  @Test
  void listingsAreReadPageByPage() throws Exception {
    var calls = calls(server(address()));
    var file = Files.writeString(spool.resolve("one"), "x");
    inThreads(
        8,
        thread -> {
          for (var i = thread; i < 1200; i += 8) {
            calls.write(raw.value(), "k/%04d".formatted(i), file, Map.of(), null);
          }
          return thread;
        });
    var first = calls.list(raw.value(), "k/", null, 1000);
    assertThat(first.entries()).hasSize(1000);
    var listing =
        new RemoteListing(
            new ServerWork("test", Duration.ofSeconds(1)), calls, raw.value(), "", entry -> true);
    var keys = new ArrayList<String>();
    listing.forEachRemaining(entry -> keys.add(entry.key()));
    assertThat(keys.subList(1, keys.size()))
        .containsExactlyElementsOf(IntStream.range(0, 1200).mapToObj("k/%04d"::formatted).toList());
    try (var some = store.list(raw, "k/")) {
      assertThat(some.limit(3).map(StoredObject::key))
          .containsExactly("k/0000", "k/0001", "k/0002");
    }
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBroke() throws IOException {
    var bytes = new byte[1_000_000];
    new Random(7).nextBytes(bytes);
    var object = store.put(raw, "a", new ByteArrayInputStream(bytes), Map.of());
    try (var proxy = new FaultyProxy(address())) {
      proxy.next(Fault.CUT, 4);
      var through = store(server(proxy.address()), spool);
      assertThat(VerifiedContent.of(object).read(through, bytes.length)).isEqualTo(bytes);
      assertThat(proxy.connections()).isGreaterThanOrEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSED", "BUSY"})
  void passingTroubleIsTriedAgainAndHasOneEffect(String fault) throws IOException {
    try (var proxy = new FaultyProxy(address())) {
      var through = store(server(proxy.address()), spool);
      proxy.next(Fault.valueOf(fault), 3);
      var object = through.put(raw, "a", bytes("one"), Map.of());
      assertThat(store.versions(raw, "a")).containsExactly(object);
    }
  }

  @Test
  void lastingTroubleEndsAfterABoundedTime() throws IOException {
    try (var proxy = new FaultyProxy(address())) {
      proxy.next(Fault.BUSY, 1000);
      var through = store(server(proxy.address()), spool);
      var begin = System.nanoTime();
      assertThatThrownBy(() -> through.put(raw, "a", bytes("one"), Map.of()))
          .isInstanceOfSatisfying(
              ExternalFailure.class,
              failure -> {
                assertThat(failure.system()).isEqualTo("object storage");
                assertThat(failure.retryable()).isTrue();
              })
          .hasMessageContaining(raw + "/a")
          .hasMessageContaining("503");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
      assertThat(store.versions(raw, "a")).isEmpty();
      assertThat(Files.list(spool)).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    try (var deaf = new Socket()) {
      deaf.bind(new InetSocketAddress("127.0.0.1", 0));
      var address = "http://127.0.0.1:" + deaf.getLocalPort();
      var nobody = store(server(URI.create(address)), spool);
      assertThatThrownBy(() -> nobody.find(raw, "a"))
          .isInstanceOfSatisfying(
              ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue())
          .hasMessageContaining(address)
          .hasMessageContaining("check that the server runs");
    }
  }

  @Test
  void aWrongKeyIsSaidAndTheSecretIsNot() throws IOException {
    for (var access : List.of(USER, "nobody")) {
      var wrong = store(server(address(), null, access, "wrong-secret"), spool);
      assertThatThrownBy(() -> wrong.list(raw, ""))
          .isInstanceOfSatisfying(
              ExternalFailure.class,
              failure -> {
                assertThat(failure.retryable()).isFalse();
                assertThat(failure.getMessage())
                    .contains(saysOfAWrongKey())
                    .contains("balsam.storage.server")
                    .doesNotContain("wrong-secret");
              });
    }
    assertThat(server(address()).toString()).doesNotContain(PASSWORD);
  }

  @Test
  void keysAreExchangedWithoutARestart() throws IOException {
    var file = Files.writeString(spool.resolve("keys"), "root\nold-secret\n");
    var rotating = store(server(address(), file, null, null), spool.resolve("s"));
    assertThatThrownBy(() -> rotating.list(raw, "")).isInstanceOf(ExternalFailure.class);
    Files.writeString(file, USER + "\n" + PASSWORD + "\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(rotating.list(raw, "")).isEmpty();
    Files.writeString(file, "only-one-line\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
    assertThatThrownBy(() -> rotating.list(raw, "")).hasMessageContaining("two lines");
  }

  @Test
  void aBucketThatIsGoneIsNotFound() {
    assertThatThrownBy(() -> store.put(out, "a", bytes("x"), Map.of()))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void anotherProcessOpensTheSameStorageByItsEnvironment() throws IOException {
    var object = put("a", "one");
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_STORAGE_TYPE", type());
    environment.put("BALSAM_STORAGE_SERVER_ENDPOINT", address().toString());
    environment.put("BALSAM_STORAGE_SERVER_REGION", region());
    environment.put("BALSAM_STORAGE_SERVER_CONDITIONALWRITES", "" + isConditional());
    environment.put("BALSAM_STORAGE_SERVER_ACCESSKEY", USER);
    environment.put("BALSAM_STORAGE_SERVER_SECRETKEY", PASSWORD);
    assertThat(DetachedStorage.isOnServer(environment)).isTrue();
    var other =
        DetachedStorage.open(
            spool.resolve("none"), environment, spool.resolve("t"), java.time.Clock.systemUTC());
    assertThat(other.find(raw, "a")).contains(object);
    assertThat(spool.resolve("none")).doesNotExist();
  }

  @Test
  void aKeyForAStepDoesWhatTheStepNeedsAndNothingElse() throws IOException {
    var mine = put("in/mine.csv", "mine");
    put("in/private.csv", "private");
    var other = new ProjectId("o" + project.value());
    var foreign = new BucketName("nsi-dev-" + other + "-rel");
    store.ensureBucket(foreign, other);
    var granted = store.put(foreign, "granted.csv", bytes("granted"), Map.of());
    var secret = store.put(foreign, "secret.csv", bytes("secret"), Map.of());
    var step =
        holding(
            grant(
                Set.of(new Place(raw, "in/mine.csv"), new Place(foreign, "granted.csv")),
                Set.of(new Place(raw, "g/run/out.csv"))));

    VerifiedContent.of(mine).verify(step);
    VerifiedContent.of(granted).verify(step);
    var written = step.put(raw, "g/run/out.csv", bytes("result"), Map.of("job", "j"));
    assertThat(store.find(raw, "g/run/out.csv")).contains(written);
    assertThat(step.put(raw, "g/run/out.csv", bytes("result"), Map.of("job", "j")))
        .isEqualTo(written);

    var theirs = new ArrayList<Runnable>();
    theirs.add(() -> step.find(raw, "in/private.csv"));
    theirs.add(() -> step.find(foreign, "secret.csv", secret.versionId()));
    theirs.add(() -> step.list(foreign, "").toList());
    theirs.add(() -> step.put(raw, "in/mine.csv", bytes("changed"), Map.of()));
    theirs.add(() -> step.put(raw, "g/run/other.csv", bytes("x"), Map.of()));
    theirs.add(() -> step.put(foreign, "granted.csv", bytes("changed"), Map.of()));
    theirs.add(() -> step.delete(raw, "g/run/out.csv"));
    theirs.add(() -> step.destroy(raw, "in/mine.csv", mine.versionId()));
    theirs.add(() -> step.hold(raw, "in/mine.csv", mine.versionId(), true));
    theirs.add(
        () -> step.retain(raw, "in/mine.csv", mine.versionId(), Instant.now().plusSeconds(60)));
    theirs.add(() -> step.ensureBucket(out, project));
    theirs.add(() -> step.removeEmptyBucket(foreign, other));
    for (var attempt : theirs) {
      assertThatThrownBy(attempt::run)
          .isInstanceOfSatisfying(
              ExternalFailure.class, failure -> assertThat(failure.retryable()).isFalse())
          .hasMessageContaining("lacks a right");
    }
    assertThat(store.versions(raw, "in/mine.csv")).containsExactly(mine);
  }

  @Test
  void aKeyForAStepEndsWithTheStepWhereTheServerCanDoThat() throws IOException {
    var object = put("in/mine.csv", "mine");
    var grant = grant(Set.of(new Place(raw, "in/mine.csv")), Set.of());
    var step = holding(grant);
    VerifiedContent.of(object).verify(step);
    assertThat(access().revoke(grant)).isEqualTo(endsKeys());
    assertThat(access().revoke(grant)).isEqualTo(endsKeys());
    if (endsKeys()) {
      assertThatThrownBy(() -> step.find(raw, "in/mine.csv", object.versionId()))
          .isInstanceOf(ExternalFailure.class)
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void aGrantOfMoreObjectsThanAPolicyHoldsIsOfTheirFolders() throws IOException {
    var reads = new HashSet<Place>();
    IntStream.range(0, 100)
        .forEach(i -> reads.add(new Place(raw, "in/2008-12/file-%03d.csv".formatted(i))));
    var inside = put("in/2008-12/file-007.csv", "1");
    var outside = put("in/2009-01/file-007.csv", "2");
    var step = holding(grant(reads, Set.of()));
    VerifiedContent.of(inside).verify(step);
    assertThatThrownBy(() -> VerifiedContent.of(outside).verify(step))
        .hasMessageContaining("lacks a right");
  }

  @Test
  void aKeyForLongerThanTheServerGivesIsRefused() {
    var grant =
        new StorageGrant(project, "job", Set.of(), Set.of(), Duration.ofHours(12).plusMillis(1));
    assertRejected(ErrorCode.LIMIT_EXCEEDED, () -> access().grant(grant));
  }

  private StorageGrant grant(Set<Place> reads, Set<Place> writes) {
    return new StorageGrant(project, project + "-job", reads, writes, Duration.ofMinutes(20));
  }

  private RemoteStorageAccess access() {
    var server = server(address());
    return new RemoteStorageAccess(
        Type.valueOf(type().toUpperCase(Locale.ROOT)),
        server,
        spool.resolve("none"),
        Optional.of(keys(server)));
  }

  /** The storage as a process sees it that has nothing but these variables. */
  private ObjectStore holding(StorageGrant grant) {
    var variables = access().grant(grant).variables();
    assertThat(variables).containsKey("BALSAM_STORAGE_SERVER_SESSIONTOKEN");
    assertThat(variables.values()).noneMatch(value -> value.contains(PASSWORD));
    assertThat(variables).doesNotContainEntry("BALSAM_STORAGE_SERVER_ACCESSKEY", USER);
    return DetachedStorage.open(
        spool.resolve("none"), variables, spool.resolve("s"), java.time.Clock.systemUTC());
  }

  @Test
  void theOwnerOfABucketIsDecidedOnce() throws Exception {
    var winners =
        inThreads(
            8,
            i -> {
              try {
                client().ensureBucket(out, new ProjectId("p" + i + "x"));
                return 1;
              } catch (Rejection other) {
                return 0;
              }
            });
    assertThat(winners.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
  }
}
