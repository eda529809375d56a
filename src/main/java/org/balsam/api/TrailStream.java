package org.balsam.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.SealedEvents;
import org.balsam.platform.identity.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends events as they are sealed. Before each batch it asks anew what the person may read; within
 * a second after a sign-out it ends. A reader who is slow slows down nobody else: each has a thread
 * of their own.
 */
@Component
class TrailStream {

  /** Further behind than this nobody catches up; they read what they need anew. */
  private static final long MOST_MISSED = 5_000;

  private static final int BATCH = 100;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(TrailStream.class);

  private final SealedEvents events;
  private final TrailGrowth growth;
  private final Directory directory;
  private final ObjectMapper json;
  private final Clock clock;

  TrailStream(
      SealedEvents events,
      TrailGrowth growth,
      Directory directory,
      ObjectMapper json,
      Clock clock) {
    this.events = events;
    this.growth = growth;
    this.directory = directory;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Returns when the time is over, the person has gone, or the node stops.
   *
   * @param next the first index that the reader does not know
   */
  void send(Follower follower, long next, OutputStream out) {
    try {
      follow(follower, next, out);
    } catch (IOException readerHasGone) {
      LOG.trace("{} follows no more", follower.person(), readerHasGone);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException trouble) {
      LOG.warn("Events could not be read; {} connects again", follower.person(), trouble);
    }
  }

  private void follow(Follower follower, long from, OutputStream out)
      throws IOException, InterruptedException {
    var next = begin(from, out);
    var said = clock.instant();
    var first = true;
    while (first || goesOn(follower)) {
      var silent = Duration.between(said, clock.instant()).compareTo(HEARTBEAT) >= 0;
      if (first || silent || growth.isBeyond(next, LOOK)) {
        var query = follower.readable(directory);
        if (query.isEmpty()) {
          return;
        }
        next = catchUp(query.get(), next, out);
        said = clock.instant();
      }
      first = false;
    }
  }

  private boolean goesOn(Follower follower) {
    return growth.isRunning() && follower.isSignedIn() && clock.instant().isBefore(follower.end());
  }

  /** Tells where it begins, so that a connection that breaks at once is resumed from here. */
  private long begin(long from, OutputStream out) throws IOException {
    var size = events.size();
    var next = from < 0 ? size : from;
    if (next > size || size - next > MOST_MISSED) {
      write(out, "event: missed\ndata: {\"from\":" + next + ",\"to\":" + size + "}\n\n");
      next = size;
    }
    write(out, "retry: 2000\nid: " + (next - 1) + "\n\n");
    return next;
  }

  /** Sends what is sealed by now; an id without data is the heartbeat and moves the reader on. */
  private long catchUp(AuditQuery query, long from, OutputStream out) throws IOException {
    var size = events.size();
    var next = from;
    while (next < size) {
      var batch = events.read(query, next, size, BATCH);
      for (var recorded : batch) {
        var event = AuditController.Event.of(recorded);
        write(
            out,
            "id: %d\nevent: recorded\ndata: %s\n\n"
                .formatted(event.index(), json.writeValueAsString(event)));
      }
      next = batch.size() < BATCH ? size : batch.get(BATCH - 1).index() + 1;
    }
    write(out, "id: " + (next - 1) + "\n\n");
    return next;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
