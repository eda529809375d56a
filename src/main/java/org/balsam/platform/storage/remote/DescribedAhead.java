package org.balsam.platform.storage.remote;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.remote.S3Calls.Listed;

/**
 * The objects of a listing in its order. A listing says neither checksums nor metadata, so each
 * entry is a request more; the next few are asked for at the same time.
 */
final class DescribedAhead implements Iterator<StoredObject> {

  private static final int AHEAD = 16;
  private static final int THREADS = 32;
  private static final ExecutorService ASKING = daemons();

  private final Iterator<Listed> entries;
  private final Function<Listed, Optional<StoredObject>> describe;
  private final Deque<Future<Optional<StoredObject>>> asked = new ArrayDeque<>();
  private final Deque<StoredObject> ready = new ArrayDeque<>();

  /**
   * The objects.
   *
   * @param describe may be called from several threads; empty when the entry is gone meanwhile
   */
  DescribedAhead(Iterator<Listed> entries, Function<Listed, Optional<StoredObject>> describe) {
    this.entries = entries;
    this.describe = describe;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && ask()) {
      answer(asked.removeFirst()).ifPresent(ready::add);
    }
    return !ready.isEmpty();
  }

  @Override
  public StoredObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.removeFirst();
  }

  private boolean ask() {
    while (asked.size() < AHEAD && entries.hasNext()) {
      var entry = entries.next();
      asked.add(ASKING.submit(() -> describe.apply(entry)));
    }
    return !asked.isEmpty();
  }

  private static Optional<StoredObject> answer(Future<Optional<StoredObject>> question) {
    try {
      return question.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ExternalFailure(ServerWork.SYSTEM, true, "was stopped in a listing", stopping);
    }
  }

  private static ExecutorService daemons() {
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              var thread = new Thread(work, "storage-listing");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
