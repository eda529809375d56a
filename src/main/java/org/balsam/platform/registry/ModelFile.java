package org.balsam.platform.registry;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.VerifiedContent;

/**
 * One stored file of a model's version.
 *
 * @param name a file name without folders
 * @param size bytes
 */
public record ModelFile(
    String name, BucketName bucket, String key, String versionId, long size, Sha256 sha256) {

  /** The name of the model card. */
  public static final String CARD = "card.json";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Whether the file has this name. */
  public boolean named(String wanted) {
    return name.equals(wanted);
  }

  /** The file's bytes, which are those on record or cannot be read. */
  public VerifiedContent content() {
    return new VerifiedContent(bucket, key, versionId, size, sha256);
  }

  /**
   * The checksum of several files: SHA-256 of one line {@code <sha256> <name>\n} for each, ordered
   * by name (by character code). {@code LC_ALL=C sha256sum * | sha256sum} in a folder with these
   * files gives the same.
   *
   * @param files the checksums by name
   */
  public static Sha256 checksum(Map<String, Sha256> files) {
    return Sha256.of(
        new TreeMap<>(files)
            .entrySet().stream()
                .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining()));
  }

  /**
   * The name itself.
   *
   * @throws Invalid unless it is 1 to 100 letters, digits, '.', '_' and '-', a letter or digit
   *     first
   */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "file",
          "is 1 to 100 letters, digits, '.', '_' and '-', a letter or digit first");
    }
    return name;
  }
}
