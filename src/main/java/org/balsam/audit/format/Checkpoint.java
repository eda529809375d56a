package org.balsam.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a log commits to at one moment, as C2SP tlog-checkpoint: origin, size, root.
 *
 * @param origin the log's name
 * @param size number of leaves
 * @param root the 32 bytes of the root hash
 */
public record Checkpoint(String origin, long size, byte[] root) {

  private static final int LIMIT = 64 * 1024;

  /** The signed text (C2SP signed-note): body, blank line, one signature line. */
  public String sign(SigningKey key) {
    var body = body();
    var signature = key.sign(body.getBytes(StandardCharsets.UTF_8));
    var line =
        ByteBuffer.allocate(4 + signature.length)
            .putInt(key.verifier().id())
            .put(signature)
            .array();
    return "%s\n— %s %s\n".formatted(body, key.verifier().name(), Base64Text.write(line));
  }

  /**
   * Reads a signed checkpoint. Signatures of other keys are ignored, as the format prescribes.
   *
   * @throws IllegalArgumentException saying what is wrong: form, origin, or no signature of {@code
   *     key}
   */
  public static Checkpoint open(String note, VerifierKey key) {
    var split = note.lastIndexOf("\n\n");
    if (note.length() > LIMIT || split < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("not a signed checkpoint");
    }
    var body = note.substring(0, split + 1);
    var signed = false;
    for (var line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
      signed |= isSignature(line, body, key);
    }
    if (!signed) {
      throw new IllegalArgumentException("no valid signature by " + key);
    }
    return parse(body, key.name());
  }

  private static boolean isSignature(String line, String body, VerifierKey key) {
    var parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[0].equals("—")) {
      throw new IllegalArgumentException("malformed signature line");
    }
    var bytes = Base64Text.read(parts[2]);
    if (bytes.length < 5) {
      throw new IllegalArgumentException("malformed signature line");
    }
    var mine = parts[1].equals(key.name()) && ByteBuffer.wrap(bytes).getInt() == key.id();
    if (!mine) {
      return false;
    }
    var signature = Arrays.copyOfRange(bytes, 4, bytes.length);
    if (!key.verifies(body.getBytes(StandardCharsets.UTF_8), signature)) {
      throw new IllegalArgumentException("the signature by " + key.name() + " is wrong");
    }
    return true;
  }

  private static Checkpoint parse(String body, String origin) {
    var lines = body.split("\n", -1);
    if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("not a checkpoint: origin, size and root are expected");
    }
    if (!lines[0].equals(origin)) {
      throw new IllegalArgumentException(
          "the checkpoint is of another log than its key: '" + lines[0] + "'");
    }
    var root = Base64Text.read(lines[2]);
    if (root.length != 32) {
      throw new IllegalArgumentException("the root hash is not 32 bytes long");
    }
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
  }

  private String body() {
    return origin + "\n" + size + "\n" + Base64Text.write(root) + "\n";
  }

  /** Whether both commit to the same tree. */
  public boolean sameTree(Checkpoint other) {
    return size == other.size && Arrays.equals(root, other.root);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that && origin.equals(that.origin) && sameTree(that);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(root);
  }

  @Override
  public String toString() {
    return "checkpoint of " + origin + " at " + size;
  }
}
