package org.balsam.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Changes bytes on disk behind the storage's back, as a failing disk or an intruder would. */
public final class StorageTampering {

  private StorageTampering() {}

  /** Flips one bit of the newest stored content of {@code key}; twice is as before. */
  public static void flip(Path folder, String key) throws IOException {
    Path content;
    try (var files = Files.walk(folder)) {
      content =
          files
              .filter(file -> file.toString().replace(",/", "/").contains("/" + key + "@/"))
              .filter(file -> file.toString().endsWith(".data"))
              .max(Comparator.comparing(StorageTampering::modified))
              .orElseThrow(() -> new IOException("no content of " + key + " under " + folder));
    }
    content.toFile().setWritable(true);
    var bytes = Files.readAllBytes(content);
    bytes[bytes.length - 2] ^= 1;
    Files.write(content, bytes);
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
