package org.balsam.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.balsam.kernel.Sha256;

/**
 * The public half of a log's key, written {@code name+hash+base64} as C2SP signed-note prescribes.
 */
public final class VerifierKey {

  private static final byte ED25519 = 1;
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final Pattern NAME = Pattern.compile("[^\\s+\\p{Cntrl}]{1,200}");

  private final String name;
  private final byte[] publicKey;
  private final int id;

  VerifierKey(String name, byte[] publicKey) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a key's name has 1 to 200 characters, no spaces and no '+'");
    }
    this.name = name;
    this.publicKey = publicKey.clone();
    this.id = id(name, publicKey);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if it is not an Ed25519 verifier key or its hash is wrong
   */
  public static VerifierKey parse(String text) {
    var parts = text.strip().split("\\+", 3);
    if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException("not a verifier key; it looks like name+hash+base64");
    }
    var key = Base64Text.read(parts[2]);
    if (key.length != 33 || key[0] != ED25519) {
      throw new IllegalArgumentException("not an Ed25519 verifier key");
    }
    var result = new VerifierKey(parts[0], Arrays.copyOfRange(key, 1, 33));
    if (result.id != Integer.parseUnsignedInt(parts[1], 16)) {
      throw new IllegalArgumentException("the hash in the verifier key does not fit the key");
    }
    return result;
  }

  /** The name, which is the origin of the log. */
  public String name() {
    return name;
  }

  /** The first four bytes of the hash of name and key. */
  int id() {
    return id;
  }

  /** Whether {@code signature} is this key's over {@code message}. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key());
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private PublicKey key() throws GeneralSecurityException {
    var encoded = ByteBuffer.allocate(44).put(X509_PREFIX).put(publicKey).array();
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static int id(String name, byte[] publicKey) {
    var digest = Sha256.digest();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(ED25519);
    return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
  }

  /** The written form. */
  @Override
  public String toString() {
    var typed = ByteBuffer.allocate(33).put(ED25519).put(publicKey).array();
    return "%s+%08x+%s".formatted(name, id, Base64Text.write(typed));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return id;
  }
}
