package org.balsam.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.audit.format.Base64Text;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.format.StrictJson;
import org.balsam.audit.tree.Merkle;
import org.balsam.audit.tree.Proofs;
import org.jspecify.annotations.Nullable;

/** Checks the events of one project by their inclusion proofs, and the checkpoints by theirs. */
final class ProvenEvents {

  private final Bundle bundle;
  private final Checkpoints checkpoints;
  private final Findings findings;
  private final List<Long> indexes = new ArrayList<>();
  private final List<List<byte[]>> paths = new ArrayList<>();

  ProvenEvents(Bundle bundle, Checkpoints checkpoints, Findings findings) throws IOException {
    this.bundle = bundle;
    this.checkpoints = checkpoints;
    this.findings = findings;
    bundle.lines(
        "proofs.jsonl",
        Math.max(checkpoints.size(), 1),
        (number, line) -> {
          var proof = StrictJson.object(line);
          var index = number(proof.get("index"));
          if (!indexes.isEmpty() && index <= indexes.get(indexes.size() - 1)) {
            throw new Bundle.Malformed("proofs.jsonl is not in ascending order of index");
          }
          indexes.add(index);
          paths.add(path(proof));
        });
  }

  /** The place in the tree that the bundle claims for its {@code number}th event. */
  long index(long number) {
    return number < indexes.size() ? indexes.get((int) number) : -1;
  }

  void add(long number, byte[] line, String id) {
    var newest = checkpoints.newest();
    var proven =
        newest != null
            && number < indexes.size()
            && Proofs.included(
                Merkle.leaf(line),
                index(number),
                newest.size(),
                newest.root(),
                paths.get((int) number));
    if (!proven) {
      findings.add(
          "event-changed",
          number < indexes.size() ? index(number) : null,
          id,
          "the proof does not show this event in the signed tree");
    }
  }

  void finish(long events) throws IOException {
    if (events < indexes.size()) {
      findings.add("events-missing", index(events), null, "there are more proofs than events");
    }
    var proven = new ArrayList<Long>();
    bundle.lines(
        "consistency.jsonl",
        20_000,
        (number, line) -> consistency(StrictJson.object(line), proven));
    for (var checkpoint : checkpoints.all().values()) {
      if (!proven.contains(checkpoint.size()) && checkpoint != checkpoints.newest()) {
        findings.add(
            checkpoints.isOwn(checkpoint) ? "own-checkpoint" : "checkpoint",
            "the bundle holds no proof that the tree of size %d became the newest one; ask for the"
                    .formatted(checkpoint.size())
                + " whole trail, or for GET /api/v1/audit/checkpoints");
      }
    }
  }

  private void consistency(Map<String, Object> proof, List<Long> proven) throws IOException {
    var from = checkpoints.at(number(proof.get("from")));
    var newest = checkpoints.newest();
    if (from == null || newest == null) {
      return;
    }
    if (consistent(from, newest, path(proof))) {
      proven.add(from.size());
    } else {
      findings.add(
          checkpoints.isOwn(from) ? "split-view" : "tree-changed",
          "the newest tree does not begin with the signed tree of size " + from.size());
    }
  }

  private static boolean consistent(Checkpoint from, Checkpoint to, List<byte[]> path) {
    return Proofs.consistent(from.size(), from.root(), to.size(), to.root(), path);
  }

  private static long number(@Nullable Object value) throws IOException {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new Bundle.Malformed("a proof lacks a number");
  }

  private static List<byte[]> path(Map<String, Object> proof) throws IOException {
    if (!(proof.get("proof") instanceof List<?> list) || list.size() > 64) {
      throw new Bundle.Malformed("a proof is no list of at most 64 hashes");
    }
    try {
      return list.stream().map(hash -> Base64Text.read((String) hash)).toList();
    } catch (IllegalArgumentException | ClassCastException malformed) {
      throw new Bundle.Malformed("a proof holds something else than hashes in base64");
    }
  }
}
