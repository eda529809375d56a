package org.balsam.platform.storage.filesystem;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.balsam.kernel.BucketName;
import org.balsam.platform.storage.StorageUse;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key: per version a file with its record and, but for deletions, one with its
 * bytes. A version exists if and only if its record exists; the record is moved into place last and
 * deleted first. Changes are made under the key's lock only, reading needs none.
 */
record VersionFolder(Path folder, BucketName bucket, String key) {

  private static final Pattern ID = Pattern.compile("\\d{10}-[0-9a-f]{16}");
  private static final int PAGE = 5_000;
  private static final String RECORD = ".json";
  private static final String BYTES = ".data";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Work on the name of a file. */
  @FunctionalInterface
  private interface Name {
    void take(String id) throws IOException;
  }

  /**
   * Ids newest first, a page of them.
   *
   * @param before ids from this one on are left out; null for the first page
   */
  List<String> ids(@Nullable String before) throws IOException {
    var page = new TreeSet<String>();
    each(
        RECORD,
        id -> {
          var wanted = before == null || id.compareTo(before) < 0;
          if (wanted && (page.size() < PAGE || id.compareTo(page.first()) > 0)) {
            page.add(id);
            if (page.size() > PAGE) {
              page.pollFirst();
            }
          }
        });
    return List.copyOf(page.descendingSet());
  }

  /** What all versions take, those included whose record is not written yet. */
  StorageUse use() throws IOException {
    var use = new AtomicReference<>(StorageUse.NONE);
    each(BYTES, id -> use.set(use.get().with(sizeOf(bytes(id)))));
    return use.get();
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .size();
    } catch (NoSuchFileException destroyedMeanwhile) {
      return 0;
    }
  }

  /** The newest version, deletion or not. */
  Optional<Version> newest() throws IOException {
    for (var ids = ids(null); !ids.isEmpty(); ids = ids(ids.get(ids.size() - 1))) {
      for (var id : ids) {
        var version = read(id);
        if (version.isPresent()) {
          return version;
        }
      }
    }
    return Optional.empty();
  }

  /** One version; empty for any text that is not the id of one. */
  Optional<Version> read(String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try (var content = openRegular(folder.resolve(id + RECORD))) {
      var version = Version.fromJson(content.readAllBytes());
      if (!version.id().equals(id)) {
        throw FilesystemFailures.damaged(name(id) + " carries the record of " + version.id());
      }
      return Optional.of(version);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw FilesystemFailures.damaged("the record of " + name(id) + " is not readable");
    }
  }

  /** An id above all others that ever was given to bytes in this folder. */
  String nextId() throws IOException {
    var highest = new AtomicLong();
    each(RECORD, id -> highest.accumulateAndGet(Long.parseLong(id.substring(0, 10)), Math::max));
    var random = new byte[8];
    RANDOM.nextBytes(random);
    return "%010d-%s".formatted(highest.get() + 1, HexFormat.of().formatHex(random));
  }

  /** Takes over a finished file as the bytes of a version that has no record yet. */
  void addBytes(String id, Path finished) throws IOException {
    DurableFiles.move(finished, bytes(id));
  }

  void write(Version version, Path temporaryFolder) throws IOException {
    DurableFiles.write(folder.resolve(version.id() + RECORD), version.toJson(), temporaryFolder);
  }

  /** Whether the bytes are there in the recorded length. */
  boolean hasBytesOf(Version version) throws IOException {
    var file = bytes(version.id());
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == version.size();
  }

  InputStream open(String id) throws IOException {
    return openRegular(bytes(id));
  }

  /** Removes the record, then the bytes; also bytes that an interrupted removal left. */
  void destroy(String id) throws IOException {
    if (ID.matcher(id).matches()) {
      DurableFiles.delete(folder.resolve(id + RECORD));
      DurableFiles.delete(bytes(id));
    }
  }

  /** Removes bytes that a process left which died before it wrote their record. */
  void removeOrphans() throws IOException {
    each(
        BYTES,
        id -> {
          if (!Files.exists(folder.resolve(id + RECORD), LinkOption.NOFOLLOW_LINKS)) {
            DurableFiles.delete(bytes(id));
          }
        });
  }

  private Path bytes(String id) {
    return folder.resolve(id + BYTES);
  }

  private void each(String ending, Name work) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*" + ending)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.length() - ending.length());
        if (ID.matcher(id).matches()) {
          work.take(id);
        }
      }
    } catch (NoSuchFileException none) {
      // a key that was never written has no folder
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private InputStream openRegular(Path file) throws IOException {
    FilesystemFailures.refuseLink(file);
    return Channels.newInputStream(
        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private String name(String id) {
    return bucket + "/" + key + " version " + id;
  }
}
