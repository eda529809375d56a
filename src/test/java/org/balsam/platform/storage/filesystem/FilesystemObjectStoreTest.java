package org.balsam.platform.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.ObjectStoreContract;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.StorageUse;
import org.balsam.platform.storage.VerifiedContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemObjectStoreTest extends ObjectStoreContract {

  @TempDir Path folder;

  private static final int MANY = 75_000;

  private Instant now = Instant.parse("2026-10-01T08:00:00Z");

  @Override
  protected ObjectStore client(StorageRoom room) {
    return new FilesystemObjectStore(folder.resolve("objects"), clock(), room);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  @Test
  void retentionEndsAtItsMoment() {
    var object = put("a", "one");
    var until = now.plus(Duration.ofDays(30));
    store.retain(RAW, "a", object.versionId(), until);
    now = until.minusNanos(1);
    assertRejected(ErrorCode.OBJECT_LOCKED, () -> store.destroy(RAW, "a", object.versionId()));
    now = until;
    store.destroy(RAW, "a", object.versionId());
    assertThat(store.find(RAW, "a")).isEmpty();
    assertThat(files(".data")).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsInvisibleAndClearedAway() throws IOException {
    var object = put("dir/a", "one");
    var versions = files(".data").get(0).getParent();
    var leftover = folder.resolve("objects/.tmp/upload123");
    Files.writeString(leftover, "half");
    Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    var fresh = Files.writeString(folder.resolve("objects/.tmp/upload456"), "in the making");
    var orphan =
        Files.writeString(versions.resolve("0000000002-0123456789abcdef.data"), "no record");
    assertThat(store.list(RAW, "")).containsExactly(object);
    assertThat(store.versions(RAW, "dir/a")).containsExactly(object);
    assertThat(store.find(RAW, "dir/a", "0000000002-0123456789abcdef")).isEmpty();
    client(StorageRoom.UNLIMITED);
    assertThat(leftover).doesNotExist();
    assertThat(fresh).exists();
    put("dir/a", "two");
    assertThat(orphan).doesNotExist();
  }

  @Test
  void aPutThatIsKilledHalfWayLeavesTheOldVersion() throws Exception {
    var object = put("a", "one");
    var child = child("put-forever", "a");
    while (Files.list(folder.resolve("objects/.tmp")).noneMatch(f -> f.toFile().length() > 0)) {
      assertThat(child.isAlive()).isTrue();
      Thread.sleep(20);
    }
    child.destroyForcibly().waitFor();
    assertThat(store.versions(RAW, "a")).containsExactly(object);
    assertThat(put("a", "two").size()).isEqualTo(3);
  }

  @Test
  void severalProcessesShareTheFolder() throws Exception {
    var children =
        List.of(
            child("put-many", "first"), child("put-many", "second"), child("put-many", "third"));
    for (var i = 0; i < 40; i++) {
      store.put(RAW, "shared", bytes("own " + i), Map.of());
    }
    for (var child : children) {
      assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
    }
    assertThat(store.versions(RAW, "shared")).hasSize(160);
    assertThat(store.versions(RAW, "shared").map(v -> v.versionId().substring(0, 10)))
        .doesNotHaveDuplicates();
    store.versions(RAW, "shared").forEach(v -> VerifiedContent.of(v).verify(store));
    assertThat(store.versions(RAW, "same")).hasSize(1);
  }

  @Test
  void aFileLimitOfTheSystemIsAnExternalFailureAndLeavesNothing() throws Exception {
    var child = child("put-too-much", "a");
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).isEqualTo(3);
    assertThat(store.list(RAW, "")).isEmpty();
    assertThat(files("")).noneMatch(file -> file.getFileName().toString().startsWith("upload"));
  }

  @Test
  void aByteChangedOnDiskIsNoticedAndNotCopied() throws IOException {
    var object = put("a", "one");
    store.ensureBucket(OUT, PROJECT);
    Files.writeString(files(".data").get(0), "0ne");
    var content = VerifiedContent.of(object);
    var target = folder.resolve("target.csv");
    assertRejected(ErrorCode.DATA_CHANGED, () -> content.verify(store));
    assertRejected(ErrorCode.DATA_CHANGED, () -> content.read(store, 100));
    assertRejected(ErrorCode.DATA_CHANGED, () -> content.copyTo(store, target));
    assertRejected(
        ErrorCode.DATA_CHANGED, () -> store.copy(RAW, "a", object.versionId(), OUT, "a"));
    assertThat(store.find(OUT, "a")).isEmpty();
    assertThat(target).doesNotExist();
    assertThat(Files.list(folder).map(Path::getFileName)).containsExactly(Path.of("objects"));
  }

  @Test
  void bytesGoneFromDiskAreNoticedAndWrittenAgain() throws IOException {
    var object = put("a", "one");
    Files.delete(files(".data").get(0));
    assertThatThrownBy(() -> store.open(RAW, "a", object.versionId())).isInstanceOf(NotFound.class);
    assertRejected(ErrorCode.DATA_CHANGED, () -> VerifiedContent.of(object).verify(store));
    assertThat(text(put("a", "one"))).isEqualTo("one");
  }

  @Test
  void verifiedContentArrivesWhole() throws IOException {
    var target = folder.resolve("target.csv");
    VerifiedContent.of(put("a", "one")).copyTo(store, target);
    VerifiedContent.of(put("a", "two")).copyTo(store, target);
    assertThat(target).hasContent("two");
  }

  @Test
  void aDamagedRecordIsAnExternalFailure() throws IOException {
    put("a", "one");
    Files.writeString(files(".json").get(0), "{\"id\":");
    assertDamaged(() -> store.find(RAW, "a"));
  }

  @Test
  void symbolicLinksAreRefusedWhereverTheyAre() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    var object = put("dir/sub/a", "one");
    var data = files(".data").get(0);
    Files.delete(data);
    Files.createSymbolicLink(data, outside.resolve("secret"));
    assertDamaged(() -> store.open(RAW, "dir/sub/a", object.versionId()));

    var dir = folder.resolve("objects").resolve(RAW.value()).resolve("objects/dir,");
    Files.move(dir, outside.resolve("dir"));
    Files.createSymbolicLink(dir, outside.resolve("dir"));
    assertDamaged(() -> store.find(RAW, "dir/sub/a"));
    assertDamaged(() -> put("dir/sub/a", "two"));
    assertDamaged(() -> put("dir/b", "two"));
    assertDamaged(() -> store.list(RAW, "").toList());
    assertDamaged(() -> store.list(RAW, "dir/sub/").toList());
    assertDamaged(() -> store.destroy(RAW, "dir/sub/a", object.versionId()));

    Files.createSymbolicLink(folder.resolve("objects").resolve(OUT.value()), outside);
    assertDamaged(() -> store.ensureBucket(OUT, PROJECT));
    assertDamaged(() -> store.find(OUT, "a"));
    assertThat(outside.resolve("objects")).doesNotExist();
  }

  private static void assertDamaged(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ExternalFailure.class,
            e -> {
              assertThat(e.system()).isEqualTo("object storage");
              assertThat(e.retryable()).isFalse();
            });
  }

  @Test
  void aFolderThatCannotBeUsedIsAnExternalFailure() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new FilesystemObjectStore(file.resolve("objects"), clock()))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("object storage");
  }

  @Test
  void foreignFilesAreNotObjects() throws IOException {
    var object = put("a", "one");
    var objects = folder.resolve("objects").resolve(RAW.value()).resolve("objects");
    Files.writeString(objects.resolve(".DS_Store"), "");
    Files.writeString(objects.resolve("readme.txt"), "");
    Files.writeString(objects.resolve("a@/notes.json"), "{}");
    assertThat(store.list(RAW, "")).containsExactly(object);
    assertThat(store.versions(RAW, "a")).containsExactly(object);
  }

  @Test
  void moreKeysThanOnePageAreListedInOrderAndLazily() {
    var folders = new KeyLayoutFixture(folder.resolve("many"));
    var keys = IntStream.range(0, 10_000).mapToObj(i -> "k%05d".formatted(i * 7 % 10_000)).toList();
    keys.forEach(folders::make);
    var walked = Stream.generate(new KeyWalk(folder.resolve("many"), "")::next).limit(10_000);
    assertThat(walked).containsExactlyElementsOf(keys.stream().sorted().toList());
  }

  @Test
  void filesAreFetchedThroughBalsam() {
    var object = put("a", "one");
    assertThat(store.download(RAW, "a", object.versionId())).isEmpty();
  }

  @Test
  void aRecordWithoutTagsIsOfAVersionThatWasNeverTagged() throws IOException {
    var object = put("a", "one");
    var record = files(".json").get(0);
    var without = Files.readString(record).replaceFirst(",\"tags\":\\{}", "");
    assertThat(without).doesNotContain("tags");
    Files.writeString(record, without);
    assertThat(store.tags(RAW, "a", object.versionId())).isEmpty();
    assertThat(store.find(RAW, "a")).contains(object);
  }

  /** A key whose versions, were their ids in memory together, would not fit into the heap. */
  @Test
  void manyVersionsOfOneKeyAreReadInBoundedMemory() throws Exception {
    var first = put("a", "1");
    var record = files(".json").get(0);
    var text = Files.readString(record);
    for (var i = 2; i <= MANY; i++) {
      var id = "%010d-%016x".formatted(i, i);
      Files.writeString(record.resolveSibling(id + ".json"), text.replace(first.versionId(), id));
      Files.writeString(record.resolveSibling(id + ".data"), "1");
    }
    var child = child("read-all", String.valueOf(MANY));
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).isZero();
  }

  private List<Path> files(String ending) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Few archives: Java keeps the index of each in the heap. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.matches(".*(classes|/(jackson|junit|assertj)-[^/]*)"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Process child(String mode, String argument) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        "%s exec '%s' -XX:-UsePerfData -XX:+UseSerialGC %s -cp '%s' '%s' %s '%s' %s"
            .formatted(
                mode.equals("put-too-much") ? "ulimit -f 100;" : "",
                java,
                mode.equals("read-all") ? "-Xmx8m -XX:+ExitOnOutOfMemoryError" : "",
                classPath(),
                Child.class.getName(),
                mode,
                folder.resolve("objects"),
                argument);
    return new ProcessBuilder("sh", "-c", command).inheritIO().start();
  }

  /** Another process that uses the same folder. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      var store = new FilesystemObjectStore(Path.of(arguments[1]), Clock.systemUTC());
      switch (arguments[0]) {
        case "put-many" -> {
          for (var i = 0; i < 40; i++) {
            store.put(RAW, "shared", bytes(arguments[2] + " " + i), Map.of());
            store.put(RAW, "same", bytes("same"), Map.of());
          }
        }
        case "put-forever" -> store.put(RAW, arguments[2], endless(), Map.of());
        case "put-too-much" -> {
          try {
            store.put(RAW, arguments[2], endless(), Map.of());
          } catch (ExternalFailure e) {
            System.exit(3);
          }
        }
        case "read-all" -> {
          var many = Integer.parseInt(arguments[2]);
          var told = new ArrayList<Long>();
          var use = store.measure(RAW, soFar -> told.add(soFar.versions()));
          require(use.equals(new StorageUse(many, many)), use);
          var next = new AtomicInteger(many);
          store
              .versions(RAW, "a")
              .forEach(
                  version -> {
                    var number = Integer.parseInt(version.versionId().substring(0, 10));
                    require(number == next.getAndDecrement(), version);
                  });
          require(next.get() == 0, next);
          store.put(RAW, "a", bytes("newer"), Map.of());
          require(store.find(RAW, "a").orElseThrow().size() == 5, "newest");
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }

    private static void require(boolean right, Object found) {
      if (!right) {
        throw new IllegalStateException("not as expected: " + found);
      }
    }

    private static InputStream endless() {
      return new InputStream() {
        @Override
        public int read() {
          return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          try {
            Thread.sleep(1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return length;
        }
      };
    }
  }

  /** Empty object folders. */
  record KeyLayoutFixture(Path objects) {
    void make(String key) {
      try {
        Files.createDirectories(KeyLayout.folder(objects, key));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
