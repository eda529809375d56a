package org.balsam.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.balsam.audit.format.SigningKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * One run of a node as it writes events. Numbers come from memory, so writers never wait for each
 * other; a number whose transaction did not commit is later named in an event of its own.
 */
final class EventWriter {

  /** Numbers {@code first} to {@code last} of this writer. */
  record Numbers(long first, long last) {}

  private final String name;
  private final AuditDatabase database;
  private final SecretKeySpec secret;
  private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentLinkedQueue<Numbers> unused = new ConcurrentLinkedQueue<>();

  EventWriter(String node, AuditDatabase database, SigningKey key) {
    this.name = node + "/" + UUID.randomUUID().toString().substring(0, 8);
    this.database = database;
    this.secret = new SecretKeySpec(key.derive("balsam audit row"), "HmacSHA256");
  }

  /** Lets other nodes notice when this one dies; to be called before the first event. */
  EventWriter register() {
    database.own().update("insert into audit_writer (writer) values (?)", name);
    return this;
  }

  String name() {
    return name;
  }

  long last() {
    return last.get();
  }

  /** Writes in the caller's transaction; report the numbers if it does not commit. */
  Numbers append(JdbcOperations jdbc, List<Draft> drafts) {
    var end = last.addAndGet(drafts.size());
    var numbers = new Numbers(end - drafts.size() + 1, end);
    try {
      var events = new ArrayList<AuditEvent>(drafts.size());
      var macs = new ArrayList<byte[]>(drafts.size());
      for (var draft : drafts) {
        var event = draft.event().numbered(name, numbers.first + events.size());
        events.add(event);
        macs.add(mac(event));
      }
      EventRows.insert(jdbc, events, macs);
      EventRows.insertPayloads(jdbc, drafts);
      return numbers;
    } catch (RuntimeException failure) {
      unused.add(numbers);
      throw failure;
    }
  }

  /** Writes in a transaction of its own. */
  void appendSeparately(List<Draft> drafts) {
    var numbers = new Numbers[1];
    try {
      database.separately(() -> numbers[0] = append(database.own(), drafts));
    } catch (RuntimeException failure) {
      if (numbers[0] != null) {
        unused.add(numbers[0]);
      }
      throw failure;
    }
  }

  /** Remembers numbers whose transaction did not commit, or perhaps did not. */
  void unused(Numbers numbers) {
    unused.add(numbers);
  }

  @Nullable Numbers pollUnused() {
    return unused.poll();
  }

  /** What only a holder of the log's key can compute for this event. */
  byte[] mac(AuditEvent event) {
    return mac.get().doFinal(event.leaf().getBytes(StandardCharsets.UTF_8));
  }

  private Mac newMac() {
    try {
      var result = Mac.getInstance("HmacSHA256");
      result.init(secret);
      return result;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
    }
  }
}
