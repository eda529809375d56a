package org.balsam.platform.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. */
public abstract class ObjectStoreContract {

  protected static final ProjectId PROJECT = new ProjectId("emp-industry");
  protected static final BucketName RAW = new BucketName("nsi-dev-emp-industry-raw");
  protected static final BucketName OUT = new BucketName("nsi-dev-emp-industry-out");

  protected final ProjectId project = project();
  protected final BucketName raw = new BucketName("nsi-dev-" + project + "-raw");
  protected final BucketName out = new BucketName("nsi-dev-" + project + "-out");
  protected ObjectStore store;

  /** The owner of the buckets; a new one for each test where storage is not made anew. */
  protected ProjectId project() {
    return PROJECT;
  }

  /** Whether one key may be a folder of another. */
  protected boolean aKeyMayBeAFolder() {
    return true;
  }

  private List<String> possible(List<String> keys) {
    return aKeyMayBeAFolder()
        ? keys
        : keys.stream()
            .filter(key -> keys.stream().noneMatch(other -> other.startsWith(key + "/")))
            .toList();
  }

  /** Another client of the same, at first empty storage. */
  protected final ObjectStore client() throws IOException {
    return client(StorageRoom.UNLIMITED);
  }

  /** A client that stores only what there is room for. */
  protected abstract ObjectStore client(StorageRoom room) throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    store = client();
    store.ensureBucket(raw, project);
  }

  protected StoredObject put(String key, String text) {
    return store.put(raw, key, new ByteArrayInputStream(text.getBytes(UTF_8)), Map.of());
  }

  protected String text(StoredObject object) throws IOException {
    try (var content = store.open(object.bucket(), object.key(), object.versionId())) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  protected static void assertRejected(ErrorCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theProbeLeavesNothingButItsBucket() {
    var bucket = new BucketName("nsi-dev-balsam-probe-work");
    probe(Clock.systemUTC()).check();
    assertThat(store.versions(bucket, "probe")).isEmpty();
    var left = store.put(bucket, "probe", InputStream.nullInputStream(), Map.of());
    store.hold(bucket, "probe", left.versionId(), true);
    probe(Clock.fixed(left.lastModified(), ZoneOffset.UTC)).check();
    assertThat(store.versions(bucket, "probe").map(StoredObject::versionId))
        .containsExactly(left.versionId());
    probe(Clock.fixed(left.lastModified().plus(Duration.ofHours(2)), ZoneOffset.UTC)).check();
    assertThat(store.versions(bucket, "probe")).isEmpty();
  }

  private StorageProbe probe(Clock clock) {
    return new StorageProbe(
        store, new BucketNames(new Installation("nsi", "dev")), "the store", clock);
  }

  @Test
  void bucketIsMadeOnceAndOnlyForItsOwner() {
    store.ensureBucket(raw, project);
    assertRejected(ErrorCode.ALREADY_EXISTS, () -> store.ensureBucket(raw, new ProjectId("other")));
    assertRejected(
        ErrorCode.ALREADY_EXISTS, () -> store.removeEmptyBucket(raw, new ProjectId("other")));
  }

  @Test
  void onlyABucketThatNeverHeldAnObjectIsRemoved() {
    put("a", "1");
    assertRejected(ErrorCode.WRONG_STATE, () -> store.removeEmptyBucket(raw, project));
    store.ensureBucket(out, project);
    store.removeEmptyBucket(out, project);
    store.removeEmptyBucket(out, project);
    assertThatThrownBy(() -> store.list(out, "")).isInstanceOf(NotFound.class);
    store.ensureBucket(out, new ProjectId("other"));
  }

  @Test
  void anUnknownBucketHoldsNothing() {
    assertThat(store.find(out, "a")).isEmpty();
    assertThat(store.find(out, "a", "1")).isEmpty();
    assertThatThrownBy(() -> store.put(out, "a", InputStream.nullInputStream(), Map.of()))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.open(out, "a", "1")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.versions(out, "a")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.delete(out, "a")).isInstanceOf(NotFound.class);
    store.destroy(out, "a", "1");
  }

  @Test
  void everyChangeIsANewVersionAndOldOnesStay() throws IOException {
    var first = put("dir/a.csv", "one");
    var second = put("dir/a.csv", "two!");
    assertThat(first.versionId()).isNotEqualTo(second.versionId());
    assertThat(second.sha256()).isEqualTo(Sha256.of("two!"));
    assertThat(second.size()).isEqualTo(4);
    assertThat(store.find(raw, "dir/a.csv")).contains(second);
    assertThat(store.find(raw, "dir/a.csv", first.versionId())).contains(first);
    assertThat(store.versions(raw, "dir/a.csv")).containsExactly(second, first);
    assertThat(text(first)).isEqualTo("one");
    assertThat(text(second)).isEqualTo("two!");
  }

  @Test
  void theSameBytesMakeNoSecondVersion() {
    var first = put("a", "same");
    assertThat(put("a", "same")).isEqualTo(first);
    put("a", "other");
    assertThat(put("a", "same")).isNotEqualTo(first);
    assertThat(store.versions(raw, "a")).hasSize(3);
  }

  @Test
  void anEmptyObjectIsAnObject() throws IOException {
    var empty = put("empty", "");
    assertThat(empty.size()).isZero();
    assertThat(text(empty)).isEmpty();
  }

  @Test
  void metadataGoesAlong() {
    var metadata = Map.of("content-type", "text/csv", "rows", "12");
    var object = store.put(raw, "a", InputStream.nullInputStream(), metadata);
    assertThat(object.metadata()).isEqualTo(metadata);
    assertThat(store.find(raw, "a").orElseThrow().metadata()).isEqualTo(metadata);
    assertThatThrownBy(
            () -> store.put(raw, "a", InputStream.nullInputStream(), Map.of("Bad Key", "")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(
            () -> store.put(raw, "a", InputStream.nullInputStream(), Map.of("a", "x\r\ny")))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void copyKeepsBytesAndMetadata() throws IOException {
    store.ensureBucket(out, project);
    var source =
        store.put(raw, "a", new ByteArrayInputStream("x".getBytes(UTF_8)), Map.of("rows", "1"));
    put("a", "newer");
    var copy = store.copy(raw, "a", source.versionId(), out, "b/a");
    assertThat(text(copy)).isEqualTo("x");
    assertThat(copy.metadata()).isEqualTo(source.metadata());
    assertThat(store.copy(raw, "a", source.versionId(), out, "b/a")).isEqualTo(copy);
    assertThatThrownBy(() -> store.copy(raw, "none", "1", out, "b/a")).isInstanceOf(NotFound.class);
  }

  @Test
  void deletionHidesTheKeyAndKeepsItsVersions() throws IOException {
    var first = put("a", "one");
    store.delete(raw, "a");
    store.delete(raw, "a");
    store.delete(raw, "never-there");
    assertThat(store.find(raw, "a")).isEmpty();
    assertThat(store.list(raw, "")).isEmpty();
    assertThat(text(first)).isEqualTo("one");
    assertThat(store.versions(raw, "a")).containsExactly(first);
    var again = put("a", "one");
    assertThat(again.versionId()).isNotEqualTo(first.versionId());
    assertThat(store.find(raw, "a")).contains(again);
  }

  @Test
  void aDestroyedVersionIsGoneAndItsIdIsNotGivenAgain() {
    var first = put("a", "one");
    var second = put("a", "two");
    store.destroy(raw, "a", second.versionId());
    store.destroy(raw, "a", second.versionId());
    assertThat(store.find(raw, "a")).contains(first);
    assertThatThrownBy(() -> store.open(raw, "a", second.versionId())).isInstanceOf(NotFound.class);
    assertThat(put("a", "three").versionId()).isNotEqualTo(second.versionId());
  }

  @Test
  void retentionForbidsDestructionAndCannotBeShortened() {
    var object = put("a", "one");
    var until = Instant.parse("2099-01-01T00:00:00Z");
    assertThat(store.retain(raw, "a", object.versionId(), until).retainUntil()).isEqualTo(until);
    assertRejected(
        ErrorCode.OBJECT_LOCKED,
        () -> store.retain(raw, "a", object.versionId(), until.minusSeconds(1)));
    store.retain(raw, "a", object.versionId(), until);
    var later = until.plus(Duration.ofDays(1));
    assertThat(store.retain(raw, "a", object.versionId(), later).retainUntil()).isEqualTo(later);
    assertRejected(ErrorCode.OBJECT_LOCKED, () -> store.destroy(raw, "a", object.versionId()));
    assertThat(store.find(raw, "a").orElseThrow().retainUntil()).isEqualTo(later);
    assertThatThrownBy(() -> store.retain(raw, "a", "nope", until)).isInstanceOf(NotFound.class);
  }

  @Test
  protected void tagsAreOfOneVersionAndReplaced() {
    var first = put("a", "one");
    var second = put("a", "two");
    assertThat(store.tags(raw, "a", first.versionId())).isEmpty();
    var tags =
        Map.of(
            "dataset", "emp-industry/raw/ces@2008-q4-r0.1",
            "classification", "public",
            "empty", "");
    assertThat(store.tag(raw, "a", first.versionId(), tags)).isTrue();
    assertThat(store.tag(raw, "a", first.versionId(), tags)).isTrue();
    assertThat(store.tags(raw, "a", first.versionId())).isEqualTo(tags);
    assertThat(store.tags(raw, "a", second.versionId())).isEmpty();
    store.retain(raw, "a", first.versionId(), Instant.now().plusSeconds(60));
    store.tag(raw, "a", first.versionId(), Map.of("round", "r1"));
    assertThat(store.tags(raw, "a", first.versionId())).isEqualTo(Map.of("round", "r1"));
    assertThat(store.versions(raw, "a").map(StoredObject::versionId))
        .containsExactly(second.versionId(), first.versionId());
    assertThatThrownBy(() -> store.tag(raw, "a", "nope", tags)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.tags(raw, "a", "nope")).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "aws:x", "a<b", "a&b", "å", "a\nb", "a*"})
  void aTagOutsideTheRulesIsRefused(String key) {
    var object = put("a", "one");
    assertThatThrownBy(() -> store.tag(raw, "a", object.versionId(), Map.of(key, "")))
        .isInstanceOf(Invalid.class);
    var many = new java.util.HashMap<String, String>();
    IntStream.range(0, 11).forEach(i -> many.put("k" + i, ""));
    assertThatThrownBy(() -> store.tag(raw, "a", object.versionId(), many))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.tag(raw, "a", object.versionId(), Map.of("k", "x".repeat(257))))
        .isInstanceOf(Invalid.class);
    assertThat(store.tags(raw, "a", object.versionId())).isEmpty();
  }

  @Test
  void measuringCountsTheBytesOfEveryVersion() {
    assertThat(store.measure(raw, soFar -> {})).isEqualTo(StorageUse.NONE);
    put("a/b", "12345");
    put("a/b", "123");
    put("c", "1");
    store.delete(raw, "c");
    put("empty", "");
    assertThat(store.measure(raw, soFar -> {})).isEqualTo(new StorageUse(4, 9));
    assertThatThrownBy(() -> store.measure(out, soFar -> {})).isInstanceOf(NotFound.class);
  }

  @Test
  void whatThereIsNoRoomForIsNotStored() throws IOException {
    var asked = new ArrayList<String>();
    var small =
        client(
            (bucket, key, bytes) -> {
              asked.add(key + " " + bytes);
              if (bytes > 3) {
                throw new Rejection(ErrorCode.LIMIT_EXCEEDED, "quota");
              }
            });
    var fits = small.put(raw, "a", bytes("123"), Map.of());
    assertRejected(ErrorCode.LIMIT_EXCEEDED, () -> small.put(raw, "a", bytes("1234"), Map.of()));
    assertRejected(ErrorCode.LIMIT_EXCEEDED, () -> small.put(raw, "b/c", bytes("12345"), Map.of()));
    assertThat(small.put(raw, "a", bytes("123"), Map.of())).isEqualTo(fits);
    assertThat(asked).containsExactly("a 3", "a 4", "b/c 5");
    assertThat(store.versions(raw, "a")).containsExactly(fits);
    assertThat(store.find(raw, "b/c")).isEmpty();
  }

  @Test
  void anAddressForADownloadIsOfAVersionThatExists() {
    assertThatThrownBy(() -> store.download(raw, "a", "nope")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.download(raw, "../a", "nope")).isInstanceOf(Invalid.class);
  }

  @Test
  void aLegalHoldForbidsDestructionUntilItIsLifted() {
    var object = put("a", "one");
    assertThat(store.hold(raw, "a", object.versionId(), true).held()).isTrue();
    assertRejected(ErrorCode.OBJECT_LOCKED, () -> store.destroy(raw, "a", object.versionId()));
    assertThat(store.hold(raw, "a", object.versionId(), false).held()).isFalse();
    store.destroy(raw, "a", object.versionId());
    assertThat(store.versions(raw, "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a/..", "%2e%2e/a",
        "a\\b", "..\\a", "a\u0000b", "a\nb", "a b", "a:b", "C:a", "~", "a+b", "a,b", "a@b", "å",
        "\u2024\u2024/a", "\uff0e\uff0e/a", "a\u2215b", "a\u2044b", "\u0430", "a\u200b", "a*", "a?"
      })
  void aKeyOutsideTheRulesIsRefused(String key) {
    assertThatThrownBy(() -> put(key, "x")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.find(raw, key)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.find(raw, key, "1")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.open(raw, key, "1")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.versions(raw, key)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.copy(raw, key, "1", raw, "a")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.copy(raw, "a", "1", raw, key)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.retain(raw, key, "1", Instant.MAX)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.hold(raw, key, "1", true)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.delete(raw, key)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.destroy(raw, key, "1")).isInstanceOf(Invalid.class);
    assertThat(store.list(raw, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "../", "a/../", "a//", "%2e", "a\\", "\u0000"})
  void aPrefixOutsideTheRulesIsRefused(String prefix) {
    assertThatThrownBy(() -> store.list(raw, prefix)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nope", "../../owner", "0000000001-0000000000000000", "..", "\u0000"})
  void anUnknownVersionIsNotFound(String versionId) {
    put("a", "one");
    assertThat(store.find(raw, "a", versionId)).isEmpty();
    assertThatThrownBy(() -> store.open(raw, "a", versionId)).isInstanceOf(NotFound.class);
    store.destroy(raw, "a", versionId);
    assertThat(store.find(raw, "a")).isPresent();
  }

  @Test
  void keysOfAnyAllowedShapeAreDifferentObjects() throws IOException {
    var long512 = "x".repeat(255) + "/" + "y".repeat(255) + "/";
    var shapes =
        List.of(
            "a",
            "A",
            "a/a",
            "a/A",
            "a.",
            "a-b",
            "...",
            "a/...",
            "-a",
            "=",
            "con",
            "a.json",
            "a/b@".replace("@", "="),
            long512.substring(0, 511),
            "x".repeat(255),
            "x".repeat(100),
            "x".repeat(100) + "/x",
            "x".repeat(101),
            "x".repeat(100) + "../y",
            "x".repeat(99) + "/x");
    var keys = possible(shapes);
    for (var key : keys) {
      put(key, key + "!");
    }
    for (var key : keys) {
      assertThat(text(store.find(raw, key).orElseThrow())).isEqualTo(key + "!");
    }
    assertThat(store.list(raw, "").map(StoredObject::key))
        .containsExactlyElementsOf(keys.stream().sorted().toList());
    assertThatThrownBy(() -> put(long512 + "x", "")).isInstanceOf(Invalid.class);
  }

  @Test
  void everyPrefixListsExactlyItsKeysInOrder() {
    var random = new Random(42);
    var keys =
        possible(IntStream.range(0, 300).mapToObj(i -> randomKey(random)).distinct().toList());
    keys.forEach(key -> put(key, "x"));
    var prefixes = new ArrayList<>(List.of("", "a", "zzz", "a/", "B/a"));
    for (var key : keys.subList(0, 100)) {
      prefixes.add(key.substring(0, random.nextInt(key.length() + 1)));
    }
    for (var prefix : prefixes) {
      assertThat(store.list(raw, prefix).map(StoredObject::key))
          .as("prefix '%s'", prefix)
          .containsExactlyElementsOf(
              keys.stream().filter(key -> key.startsWith(prefix)).sorted().toList());
    }
  }

  private static String randomKey(Random random) {
    var parts = new ArrayList<String>();
    for (var i = random.nextInt(4); i >= 0; i--) {
      var letters = List.of("a", "B", "b", "-", "=", "0", "_", "x".repeat(99), "x".repeat(100));
      var part = new StringBuilder("c");
      for (var j = random.nextInt(3); j > 0; j--) {
        part.append(letters.get(random.nextInt(letters.size())));
      }
      parts.add(random.nextInt(4) == 0 ? "a" : part.toString());
    }
    var key = String.join("/", parts);
    return key.length() > 512 ? "a" : key;
  }

  @Test
  void aStreamThatFailsLeavesNothing() {
    var failing =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("No space left on device");
            }
            return 'x';
          }
        };
    assertThatThrownBy(() -> store.put(raw, "a", failing, Map.of()))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("object storage")
        .hasMessageContaining(raw + "/a")
        .hasMessageContaining("No space left on device");
    assertThat(store.find(raw, "a")).isEmpty();
    assertThat(store.list(raw, "")).isEmpty();
  }

  @Test
  void putClosesItsContentEvenWhenItRefuses() {
    for (var key : List.of("a", "../a")) {
      var closed = new boolean[1];
      var content =
          new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
              closed[0] = true;
            }
          };
      try {
        store.put(raw, key, content, Map.of());
      } catch (Invalid refused) {
        assertThat(key).startsWith("..");
      }
      assertThat(closed[0]).isTrue();
    }
  }

  @Test
  protected void manyClientsThatPutTheSameMakeOneVersion() throws Exception {
    var other = client();
    var puts =
        inThreads(32, i -> (i % 2 == 0 ? store : other).put(raw, "a/b", bytes("same"), Map.of()));
    assertThat(puts).allMatch(puts.get(0)::equals);
    assertThat(store.versions(raw, "a/b")).hasSize(1);
  }

  @Test
  void manyClientsThatPutDifferentBytesEachGetTheirVersion() throws Exception {
    var other = client();
    var puts =
        inThreads(
            32, i -> (i % 2 == 0 ? store : other).put(raw, "a", bytes("number " + i), Map.of()));
    assertThat(store.versions(raw, "a")).containsExactlyInAnyOrderElementsOf(puts);
    for (var i = 0; i < puts.size(); i++) {
      assertThat(text(puts.get(i))).isEqualTo("number " + i);
    }
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    var object = put("a", "one");
    var right = VerifiedContent.of(object);
    assertThat(new String(right.read(store, 3), UTF_8)).isEqualTo("one");
    right.verify(store);
    assertRejected(ErrorCode.LIMIT_EXCEEDED, () -> right.read(store, 2));
    for (var wrong :
        List.of(
            new VerifiedContent(raw, "a", object.versionId(), 3, Sha256.of("two")),
            new VerifiedContent(raw, "a", object.versionId(), 2, object.sha256()),
            new VerifiedContent(raw, "a", object.versionId(), 4, object.sha256()))) {
      assertThatThrownBy(() -> wrong.verify(store))
          .isInstanceOfSatisfying(
              Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CHANGED))
          .hasMessageContaining(raw + "/a version " + object.versionId())
          .hasMessageContaining(wrong.sha256().value());
    }
    store.destroy(raw, "a", object.versionId());
    assertRejected(ErrorCode.DATA_CHANGED, () -> right.verify(store));
  }

  protected static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Work of one of several threads. */
  protected interface Numbered<T> {
    T run(int number) throws Exception;
  }

  protected static <T> List<T> inThreads(int threads, Numbered<T> work) throws Exception {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var calls =
          IntStream.range(0, threads).mapToObj(i -> (Callable<T>) () -> work.run(i)).toList();
      var results = new ArrayList<T>();
      for (Future<T> result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
