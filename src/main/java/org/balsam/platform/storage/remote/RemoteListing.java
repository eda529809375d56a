package org.balsam.platform.storage.remote;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.balsam.platform.storage.remote.S3Calls.Listed;
import org.balsam.platform.storage.remote.S3Calls.Page;
import org.balsam.platform.storage.remote.S3Calls.Position;
import org.jspecify.annotations.Nullable;

/** Entries of a listing in order, one page in memory at a time; the first is read at once. */
final class RemoteListing implements Iterator<Listed> {

  private static final int PAGE = 1000;

  private final ServerWork work;
  private final S3Calls calls;
  private final String bucket;
  private final String prefix;
  private final Predicate<Listed> wanted;
  private final Deque<Listed> entries = new ArrayDeque<>();
  private @Nullable Position next;

  /**
   * The entries with a prefix.
   *
   * @param wanted which of them
   * @throws org.balsam.kernel.NotFound when there is no such bucket
   */
  RemoteListing(
      ServerWork work, S3Calls calls, String bucket, String prefix, Predicate<Listed> wanted) {
    this.work = work;
    this.calls = calls;
    this.bucket = bucket;
    this.prefix = prefix;
    this.wanted = wanted;
    read();
  }

  @Override
  public boolean hasNext() {
    while (entries.isEmpty() && next != null) {
      read();
    }
    return !entries.isEmpty();
  }

  @Override
  public Listed next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return entries.removeFirst();
  }

  private void read() {
    var after = next;
    Page page =
        work.mapped("list " + bucket + "/" + prefix, () -> calls.list(bucket, prefix, after, PAGE));
    page.entries().stream().filter(wanted).forEach(entries::add);
    next = page.next();
  }
}
