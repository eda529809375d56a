package org.balsam.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.balsam.kernel.Sha256;

/** The private half of a log's key. Safe for several threads. */
public final class SigningKey {

  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final byte[] seed;
  private final PrivateKey key;
  private final VerifierKey verifier;

  private SigningKey(byte[] seed, VerifierKey verifier) {
    this.seed = seed.clone();
    this.verifier = verifier;
    this.key = privateKey(seed);
  }

  /** A new key. */
  public static SigningKey generate(String name) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var seed = tail(pair.getPrivate().getEncoded());
      return new SigningKey(seed, new VerifierKey(name, tail(pair.getPublic().getEncoded())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has Ed25519", impossible);
    }
  }

  /**
   * Reads what {@link #secret} wrote.
   *
   * @throws IllegalArgumentException if the two lines are malformed or do not belong together
   */
  public static SigningKey parse(String text) {
    var lines = text.strip().split("\n");
    var parts = lines[0].strip().split("\\+", 5);
    if (lines.length != 2 || parts.length != 5 || !text.startsWith("PRIVATE+KEY+")) {
      throw new IllegalArgumentException("not a signing key of two lines, private and public");
    }
    var seed = Base64Text.read(parts[4]);
    if (seed.length != 33 || seed[0] != 1) {
      throw new IllegalArgumentException("not an Ed25519 signing key");
    }
    var verifier = VerifierKey.parse(lines[1]);
    var result = new SigningKey(Arrays.copyOfRange(seed, 1, 33), verifier);
    var probe = "probe".getBytes(StandardCharsets.UTF_8);
    if (!verifier.verifies(probe, result.sign(probe))) {
      throw new IllegalArgumentException("the private and the public line do not belong together");
    }
    return result;
  }

  /** The secret written form: private key (as C2SP signed-note tools write it), public key. */
  public String secret() {
    var typed = ByteBuffer.allocate(33).put((byte) 1).put(seed).array();
    return "PRIVATE+KEY+%s+%08x+%s\n%s\n"
        .formatted(verifier.name(), verifier.id(), Base64Text.write(typed), verifier);
  }

  /** The public half. */
  public VerifierKey verifier() {
    return verifier;
  }

  /** A secret for another purpose that follows from this key and does not reveal it. */
  public byte[] derive(String purpose) {
    var digest = Sha256.digest();
    digest.update(purpose.getBytes(StandardCharsets.UTF_8));
    return digest.digest(seed);
  }

  byte[] sign(byte[] message) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has Ed25519", impossible);
    }
  }

  private static PrivateKey privateKey(byte[] seed) {
    try {
      var encoded = ByteBuffer.allocate(48).put(PKCS8_PREFIX).put(seed).array();
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has Ed25519", impossible);
    }
  }

  private static byte[] tail(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  @Override
  public String toString() {
    return "SigningKey[" + verifier + "]";
  }
}
