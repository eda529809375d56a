package org.balsam.audit.verify;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.format.VerifierKey;
import org.jspecify.annotations.Nullable;

/** The checkpoints that a tree has to fit: those of the bundle, and the reader's own. */
final class Checkpoints {

  private final TreeMap<Long, Checkpoint> bySize = new TreeMap<>();
  private @Nullable Checkpoint own;

  static Checkpoints of(Bundle bundle, VerifierKey key, @Nullable String own, Findings findings)
      throws IOException {
    var result = new Checkpoints();
    for (var name : bundle.names(Bundle.CHECKPOINTS)) {
      try {
        var checkpoint = Checkpoint.open(bundle.text(name), key);
        if (!name.equals("checkpoints/%020d.txt".formatted(checkpoint.size()))) {
          findings.add("checkpoint", name + " is the checkpoint of another size");
        }
        result.bySize.put(checkpoint.size(), checkpoint);
      } catch (IllegalArgumentException wrong) {
        findings.add("checkpoint-signature", name + ": " + wrong.getMessage());
      }
    }
    if (own != null) {
      result.addOwn(own, key, findings);
    }
    return result;
  }

  private void addOwn(String note, VerifierKey key, Findings findings) {
    try {
      var checkpoint = Checkpoint.open(note, key);
      if (checkpoint.size() > size()) {
        findings.add(
            "rolled-back",
            "your checkpoint proves that there were %d events, the bundle's newest has %d"
                .formatted(checkpoint.size(), size()));
        return;
      }
      var same = bySize.putIfAbsent(checkpoint.size(), checkpoint);
      if (same == null) {
        own = checkpoint;
      } else if (!same.sameTree(checkpoint)) {
        findings.add(
            "split-view",
            "the bundle and your checkpoint show different trees of size "
                + checkpoint.size()
                + ", both signed: somebody was shown another history");
      }
    } catch (IllegalArgumentException wrong) {
      findings.add("own-checkpoint", "your checkpoint: " + wrong.getMessage());
    }
  }

  /** Size of the newest; 0 without any. */
  long size() {
    return bySize.isEmpty() ? 0 : bySize.lastKey();
  }

  @Nullable Checkpoint at(long size) {
    return bySize.get(size);
  }

  @Nullable Checkpoint newest() {
    return bySize.isEmpty() ? null : bySize.lastEntry().getValue();
  }

  /** Whether only the reader, not the bundle, brought it along. */
  boolean isOwn(Checkpoint checkpoint) {
    return checkpoint.equals(own);
  }

  /** The largest size below {@code size}; 0 if there is none. */
  long before(long size) {
    var lower = bySize.lowerKey(size);
    return lower == null ? 0 : lower;
  }

  Map<Long, Checkpoint> all() {
    return bySize;
  }
}
