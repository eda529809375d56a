package org.balsam.platform.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.remote.S3Calls.Listed;
import org.balsam.platform.storage.remote.S3Calls.Page;
import org.balsam.platform.storage.remote.S3Calls.Position;
import org.junit.jupiter.api.Test;

class RemoteListingTest {

  private static final int VERSIONS = 1_000_000;
  private static final int PAGE = 1000;

  private final AtomicInteger pages = new AtomicInteger();

  /** Only listings, of a million versions that exist nowhere. */
  private S3Calls calls() {
    return (S3Calls)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {S3Calls.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("list");
              return page((Position) arguments[2]);
            });
  }

  private Page page(Position after) {
    pages.incrementAndGet();
    var first = after == null ? 0 : Integer.parseInt(after.versionId());
    var entries =
        IntStream.range(first, first + PAGE)
            .mapToObj(i -> new Listed("k/%07d".formatted(i), Integer.toString(i), true, false, 1))
            .toList();
    var next = first + PAGE;
    return new Page(entries, next == VERSIONS ? null : new Position("k", Integer.toString(next)));
  }

  private RemoteListing listing() {
    return new RemoteListing(
        new ServerWork("test", Duration.ofSeconds(1)), calls(), "b", "k/", entry -> true);
  }

  @Test
  void aMillionVersionsAreReadAPageAtATime() {
    var listing = listing();
    for (var i = 0; i < VERSIONS; i++) {
      assertThat(listing.next().versionId()).isEqualTo(Integer.toString(i));
      assertThat(pages.get()).isEqualTo(i / PAGE + 1);
    }
    assertThat(listing.hasNext()).isFalse();
  }

  @Test
  void objectsAreAskedForAFewAheadAndComeInOrder() {
    var asked = new AtomicInteger();
    var objects =
        new DescribedAhead(
            listing(),
            entry -> {
              asked.incrementAndGet();
              return entry.versionId().endsWith("7")
                  ? Optional.empty()
                  : Optional.of(object(entry));
            });
    for (var i = 0; i < 5000; i++) {
      if (i % 10 != 7) {
        assertThat(objects.next().versionId()).isEqualTo(Integer.toString(i));
        assertThat(asked.get()).isLessThanOrEqualTo(i + 17);
      }
    }
    assertThat(pages.get()).isLessThanOrEqualTo(6);
  }

  @Test
  void whatFailsAheadFailsWhereItsTurnIs() {
    var objects =
        new DescribedAhead(
            List.of(new Listed("a", "1", true, false, 1), new Listed("b", "2", true, false, 1))
                .iterator(),
            entry -> {
              if (entry.key().equals("b")) {
                throw new ExternalFailure("object storage", true, "away", null);
              }
              return Optional.of(object(entry));
            });
    assertThat(objects.next().key()).isEqualTo("a");
    assertThatThrownBy(objects::next).isInstanceOf(ExternalFailure.class);
  }

  private static StoredObject object(Listed entry) {
    return new StoredObject(
        new BucketName("nsi-dev-emp-industry-raw"),
        entry.key(),
        entry.versionId(),
        0,
        Sha256.of(""),
        Instant.EPOCH,
        Map.of(),
        null,
        false);
  }
}
