package org.balsam.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.format.SigningKey;
import org.balsam.audit.tree.Merkle;
import org.balsam.audit.tree.StoredTree;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Gives committed events their place in the tree and signs the result. Of all nodes one at a time
 * does so, under an advisory lock of the transaction; a leader that hangs loses its connection, and
 * with it the lock, after ten seconds. Safe from any thread.
 */
public final class AuditSealer {

  /**
   * What a sealing did.
   *
   * @param foreign rows that were not written by a holder of the key and were left out
   */
  record Sealed(boolean more, @Nullable Checkpoint checkpoint, List<UUID> foreign) {}

  private record Genuine(String note, Checkpoint checkpoint) {}

  private static final long LOCK = 0x62616c73616dL; // "balsam"
  private static final int BATCH = 5000;

  private final AuditDatabase database;
  private final EventWriter writer;
  private final AuditTrail trail;
  private final SigningKey key;
  private final CheckpointFiles files;
  private final TreeRows rows;
  private final StoredTree tree;
  private volatile @Nullable Genuine genuine;

  AuditSealer(
      AuditDatabase database,
      EventWriter writer,
      AuditTrail trail,
      SigningKey key,
      CheckpointFiles files) {
    this.database = database;
    this.writer = writer;
    this.trail = trail;
    this.key = key;
    this.files = files;
    this.rows = new TreeRows(database.own());
    this.tree = new StoredTree(rows);
  }

  /**
   * Seals everything that has committed before this call; waits for another node's sealing, ten
   * seconds at most.
   *
   * @throws ExternalFailure if that is not possible now, or if the database does not fit the
   *     checkpoints that were kept outside it
   */
  public void seal() {
    sealAll(true);
  }

  /**
   * Seals, and makes sure that these events are covered by a signed checkpoint: what publication
   * waits for.
   *
   * @param eventIds ids as {@link AuditTrail#record} returned them; their transaction has committed
   * @throws ExternalFailure with {@link ErrorCode#NOT_SEALED} if one of them is not
   */
  public void requireSealed(List<String> eventIds) {
    seal();
    var missing = new ArrayList<>(new HashSet<>(eventIds));
    missing.removeIf(this::isLeaf);
    if (!missing.isEmpty()) {
      throw notSealed("no leaf holds the events " + missing, null);
    }
  }

  /** Seals unless another node is at it. */
  void tick() {
    sealAll(false);
  }

  private boolean isLeaf(String eventId) {
    return Boolean.TRUE.equals(
        database
            .own()
            .queryForObject(
                "select exists (select 1 from audit_leaf l join audit_checkpoint c on c.size >"
                    + " l.index where l.event_id = ?::uuid)",
                Boolean.class,
                eventId));
  }

  private void sealAll(boolean wait) {
    Sealed sealed;
    do {
      try {
        sealed = database.separately(() -> sealBatch(wait));
      } catch (DataAccessException | TransactionException failure) {
        throw notSealed("sealing failed: " + failure.getMessage(), failure);
      }
      sealed.foreign().forEach(this::reportForeign);
    } while (sealed.more());
    keepOutside();
  }

  /** Copies the newest checkpoint to a file, once it is known to follow the one kept there. */
  private void keepOutside() {
    var head = rows.head(key.verifier().name());
    var kept = files.latest();
    if (head == null || kept != null && kept.size() >= head.checkpoint().size()) {
      return;
    }
    if (!isSigned(head) || kept != null && !isInDatabase(kept)) {
      throw notSealed(rewritten(head.checkpoint().size()), null);
    }
    files.keep(head.checkpoint(), head.note());
  }

  /** A note that is letter by letter the one verified last is not verified again. */
  private boolean isSigned(TreeRows.Head head) {
    try {
      var known = genuine;
      if (known == null || !known.note().equals(head.note())) {
        known = new Genuine(head.note(), Checkpoint.open(head.note(), key.verifier()));
        genuine = known;
      }
      return known.checkpoint().sameTree(head.checkpoint());
    } catch (IllegalArgumentException forged) {
      return false;
    }
  }

  private boolean isInDatabase(Checkpoint kept) {
    var same = rows.checkpoint(kept.origin(), kept.size());
    return same != null && same.sameTree(kept);
  }

  private Sealed sealBatch(boolean wait) {
    if (!lock(wait)) {
      return new Sealed(false, null, List.of());
    }
    var origin = key.verifier().name();
    var head = rows.head(origin);
    var running = rows.oldestRunning();
    var pending = rows.pending(horizon(head, running), BATCH);
    var full = pending.size() == BATCH;
    var foreign = new ArrayList<UUID>();
    var events = new ArrayList<UUID>();
    var hashes = new ArrayList<byte[]>();
    for (var row : pending) {
      if (MessageDigest.isEqual(row.mac(), writer.mac(row.event()))) {
        events.add(row.event().id());
        hashes.add(Merkle.leaf(row.event().leaf().getBytes(StandardCharsets.UTF_8)));
      } else {
        foreign.add(row.event().id());
      }
    }
    if (events.isEmpty()) {
      return new Sealed(full, null, foreign);
    }
    var size = head == null ? 0 : head.checkpoint().size();
    check(head, size);
    extend(size, events, hashes);
    var checkpoint = new Checkpoint(origin, size + events.size(), tree.root(size + events.size()));
    rows.insert(
        new TreeRows.Head(
            checkpoint,
            checkpoint.sign(key),
            epoch(head),
            writer.name(),
            full ? Math.min(running, pending.get(BATCH - 1).xact()) : running));
    return new Sealed(full, checkpoint, foreign);
  }

  /** A horizon in the future means that the rows were moved to another server: look at all. */
  private static long horizon(TreeRows.@Nullable Head head, long running) {
    return head == null || head.horizon() > running ? 0 : head.horizon();
  }

  private boolean lock(boolean wait) {
    var jdbc = database.own();
    jdbc.execute("set local idle_in_transaction_session_timeout = '10s'");
    if (wait) {
      jdbc.execute("set local lock_timeout = '10s'");
      jdbc.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      return true;
    }
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select pg_try_advisory_xact_lock(" + LOCK + ")", Boolean.class));
  }

  private void extend(long size, List<UUID> events, List<byte[]> hashes) {
    var above = tree.completed(size, hashes);
    rows.insertLeaves(size, events, hashes);
    above.forEach(rows::insertNodes);
  }

  private long epoch(TreeRows.@Nullable Head head) {
    if (head == null) {
      return 1;
    }
    return head.leader().equals(writer.name()) ? head.epoch() : head.epoch() + 1;
  }

  /** Refuses to sign on top of a tree that is not the one that was signed before. */
  private void check(TreeRows.@Nullable Head head, long size) {
    var kept = files.latest();
    if (kept != null && kept.size() > size) {
      throw notSealed(
          "the database holds "
              + size
              + " sealed events, but "
              + files.folder().resolve("latest")
              + " proves that there were "
              + kept.size()
              + ": an old backup was restored or the trail was cut; nothing is sealed any more",
          null);
    }
    if (kept != null && !isInDatabase(kept)) {
      throw notSealed(rewritten(kept.size()), null);
    }
    if (rows.leaves() != size || head != null && !(isSigned(head) && fits(head.checkpoint()))) {
      throw notSealed(rewritten(size), null);
    }
  }

  private boolean fits(Checkpoint checkpoint) {
    try {
      return Arrays.equals(tree.root(checkpoint.size()), checkpoint.root());
    } catch (IllegalStateException incomplete) {
      return false;
    }
  }

  private static String rewritten(long size) {
    return "the tree in the database is not the one that was signed at size "
        + size
        + ": rows were changed, added or removed; nothing is sealed any more. 'balsam audit export'"
        + " and 'balsam audit verify' name the event";
  }

  private void reportForeign(UUID event) {
    var entry =
        AuditEntry.refused(
            "audit.row.foreign",
            null,
            event.toString(),
            "the row was changed, or inserted by somebody who does not hold the audit key");
    CallContext.of(Actor.BALSAM).run(() -> trail.recordSeparately(entry));
  }

  private static ExternalFailure notSealed(String detail, @Nullable Throwable cause) {
    return new ExternalFailure(ErrorCode.NOT_SEALED, "audit trail", true, detail, cause);
  }
}
