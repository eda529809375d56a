package org.balsam.audit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.balsam.audit.tree.CompactRange;
import org.balsam.audit.tree.Merkle;

/** Recomputes the tree from all events and compares it with every checkpoint. */
final class WholeTree {

  private final Checkpoints checkpoints;
  private final Findings findings;
  private final InputStream leaves;
  private final CompactRange range = new CompactRange();
  private boolean broken;
  private long suspect = -1;
  private String suspectId = "";

  /**
   * @param leaves the hashes that were sealed, 32 bytes each
   */
  WholeTree(Checkpoints checkpoints, InputStream leaves, Findings findings) {
    this.checkpoints = checkpoints;
    this.leaves = leaves;
    this.findings = findings;
  }

  /** Takes the next event; {@code id} is its id, or empty where it cannot be read. */
  void add(byte[] line, String id) throws IOException {
    var index = range.size();
    var sealed = leaves.readNBytes(Merkle.SIZE);
    var hash = Merkle.leaf(line);
    if (broken) {
      range.append(hash);
      return;
    }
    if (index == checkpoints.before(index + 1)) {
      suspect = index;
      suspectId = id;
    }
    if (!Arrays.equals(sealed, hash)) {
      broken = true;
      findings.add(
          "event-changed",
          index,
          id,
          "this line is not the event that was sealed here: changed, removed, inserted or moved");
    } else if (index >= checkpoints.size()) {
      broken = true;
      findings.add(
          "event-unsigned", index, id, "the event stands behind the end of the signed tree");
    }
    range.append(hash);
    compare();
  }

  private void compare() {
    var checkpoint = checkpoints.at(range.size());
    if (broken || checkpoint == null || Arrays.equals(range.root(), checkpoint.root())) {
      return;
    }
    broken = true;
    if (checkpoints.isOwn(checkpoint)) {
      findings.add(
          "split-view",
          "this tree does not begin with the one that your checkpoint of size %d commits to: the trail was rewritten, or you were shown another one"
              .formatted(checkpoint.size()));
      return;
    }
    findings.add(
        "tree-changed",
        suspect,
        suspectId,
        "the signed checkpoint of size %d does not fit: an event from index %d to %d was changed, removed, inserted or moved, and the stored hashes with it"
            .formatted(checkpoint.size(), suspect, checkpoint.size() - 1));
  }

  void finish() throws IOException {
    if (!broken && range.size() < checkpoints.size()) {
      findings.add(
          "events-missing",
          range.size(),
          null,
          "the events end here, but %d were signed".formatted(checkpoints.size()));
    } else if (!broken && leaves.read() >= 0) {
      findings.add(
          "events-missing", range.size(), null, "there are more sealed hashes than events");
    }
  }
}
