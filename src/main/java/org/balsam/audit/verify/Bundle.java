package org.balsam.audit.verify;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip, read as hostile: known names only, each once, nothing larger than it may be. */
final class Bundle implements Closeable {

  /** The file is not a bundle, or one that was built to harm. */
  static final class Malformed extends IOException {
    Malformed(String message) {
      super(message);
    }
  }

  /** Receives one line without its line feed. */
  @FunctionalInterface
  interface Lines {
    void line(long number, byte[] line) throws IOException;
  }

  static final String CHECKPOINTS = "checkpoints/";
  static final String FILES = "files/";

  private static final Pattern NAME =
      Pattern.compile(
          "README\\.txt|bundle\\.json|vkey\\.txt|events\\.jsonl|leaves\\.bin|proofs\\.jsonl"
              + "|consistency\\.jsonl|reasons\\.jsonl|checkpoints/[0-9]{20}\\.txt"
              + "|files/(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/){0,5}"
              + "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
  private static final int MOST_ENTRIES = 20_000;
  private static final int LONGEST_LINE = 512 * 1024;
  private static final int LONGEST_TEXT = 1024 * 1024;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new TreeMap<>();

  private Bundle(ZipFile zip) {
    this.zip = zip;
  }

  static Bundle open(Path file) throws IOException {
    var bundle = new Bundle(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
    try {
      bundle.index();
      return bundle;
    } catch (IOException | RuntimeException failure) {
      bundle.close();
      throw failure;
    }
  }

  private void index() throws Malformed {
    if (zip.size() > MOST_ENTRIES) {
      throw new Malformed("more than " + MOST_ENTRIES + " entries");
    }
    for (var each = zip.entries(); each.hasMoreElements(); ) {
      var entry = each.nextElement();
      var name = entry.getName();
      if (!NAME.matcher(name).matches() || name.contains("..")) {
        throw new Malformed(
            "an entry named '"
                + name
                + "' does not belong into a bundle; that of a round's evidence is its audit.zip");
      }
      if (entries.put(name, entry) != null) {
        throw new Malformed("the entry '" + name + "' is there twice");
      }
    }
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Names with this prefix in ascending order. */
  List<String> names(String prefix) {
    return entries.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  InputStream stream(String name) throws IOException {
    var entry = entries.get(name);
    if (entry == null) {
      throw new Malformed("the entry '" + name + "' is missing");
    }
    return new BufferedInputStream(zip.getInputStream(entry));
  }

  /** A small text. */
  String text(String name) throws IOException {
    try (var in = stream(name)) {
      var bytes = in.readNBytes(LONGEST_TEXT + 1);
      if (bytes.length > LONGEST_TEXT) {
        throw new Malformed("the entry '" + name + "' is larger than " + LONGEST_TEXT + " bytes");
      }
      return utf8(name, bytes);
    }
  }

  static String utf8(String where, byte[] bytes) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw new Malformed(where + " is not UTF-8");
    }
  }

  /** Reads line by line; refuses more than {@code most} lines. */
  void lines(String name, long most, Lines lines) throws IOException {
    try (var in = stream(name)) {
      var reader = new LineReader(name, in, LONGEST_LINE);
      long number = 0;
      for (var line = reader.next(); line != null; line = reader.next()) {
        if (number == most) {
          throw new Malformed("'" + name + "' has more than " + most + " lines");
        }
        lines.line(number++, line);
      }
    }
  }

  /** The names of the further files. */
  List<String> files() {
    return names(FILES);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
