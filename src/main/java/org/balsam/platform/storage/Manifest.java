package org.balsam.platform.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;

/**
 * An exact list of object versions, with the columns of an S3 inventory. It names objects and never
 * copies them; its checksum is the identity of the dataset version that it describes. Entries are
 * in the order of input, bucket and key, so the same objects give the same bytes.
 */
public record Manifest(List<Entry> entries) {

  private static final String[] COLUMNS = {
    "input",
    "dataset_version",
    "bucket",
    "key",
    "version_id",
    "size",
    "sha256",
    "rows",
    "last_modified"
  };

  /**
   * One object version.
   *
   * @param input the name under which a step sees it
   * @param datasetVersion the dataset version that it belongs to
   * @param size bytes
   * @param rows data rows of a CSV file, -1 for other files
   */
  public record Entry(
      String input,
      String datasetVersion,
      BucketName bucket,
      String key,
      String versionId,
      long size,
      Sha256 sha256,
      long rows,
      Instant lastModified) {

    /** The last segment of the key. */
    public String fileName() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  public Manifest {
    entries =
        entries.stream()
            .sorted(
                Comparator.comparing(Entry::input)
                    .thenComparing(entry -> entry.bucket().value())
                    .thenComparing(Entry::key))
            .toList();
  }

  /** The checksum of {@link #toCsv()}. */
  public Sha256 sha256() {
    return Sha256.of(toCsv());
  }

  /** The sum of all sizes in bytes. */
  public long bytes() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /** The sum of all known row counts. */
  public long rows() {
    return entries.stream().mapToLong(entry -> Math.max(0, entry.rows())).sum();
  }

  /** The entries of one input. */
  public List<Entry> of(String input) {
    return entries.stream().filter(entry -> entry.input().equals(input)).toList();
  }

  /** RFC 4180 with a header. */
  public byte[] toCsv() {
    var text = new StringBuilder();
    try (var printer = new CSVPrinter(text, CSVFormat.RFC4180.builder().setHeader(COLUMNS).get())) {
      for (var entry : entries) {
        printer.printRecord(
            entry.input,
            entry.datasetVersion,
            entry.bucket,
            entry.key,
            entry.versionId,
            entry.size,
            entry.sha256,
            entry.rows,
            entry.lastModified);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Stores the manifest at {@code key}; repeating it returns the same reference. */
  public Reference store(ObjectStore store, BucketName bucket, String key) {
    var csv = toCsv();
    var stored =
        store.put(bucket, key, new ByteArrayInputStream(csv), Map.of("content-type", "text/csv"));
    return new Reference(bucket, key, stored.versionId(), stored.sha256());
  }

  /**
   * Reads a stored manifest.
   *
   * @throws NotFound when it is not there
   * @throws Rejection DATA_CHANGED when its bytes are not those of the reference
   */
  public static Manifest read(ObjectStore store, Reference reference) {
    byte[] csv;
    try (var content = store.open(reference.bucket, reference.key, reference.versionId)) {
      csv = content.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (!Sha256.of(csv).equals(reference.sha256)) {
      throw new Rejection(
          ErrorCode.DATA_CHANGED,
          "the manifest %s/%s was changed in storage: expected sha256 %s, found %s"
              .formatted(reference.bucket, reference.key, reference.sha256, Sha256.of(csv)));
    }
    return parse(csv);
  }

  /** Parses what {@link #toCsv()} wrote. */
  public static Manifest parse(byte[] csv) {
    var format = CSVFormat.RFC4180.builder().setHeader(COLUMNS).setSkipHeaderRecord(true).get();
    try (var parser =
        format.parse(
            new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))) {
      return new Manifest(parser.stream().map(Manifest::entry).toList());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Entry entry(CSVRecord row) {
    return new Entry(
        row.get("input"),
        row.get("dataset_version"),
        new BucketName(row.get("bucket")),
        row.get("key"),
        row.get("version_id"),
        Long.parseLong(row.get("size")),
        new Sha256(row.get("sha256")),
        Long.parseLong(row.get("rows")),
        Instant.parse(row.get("last_modified")));
  }

  /**
   * Where a manifest is stored and what it must be, written {@code bucket/key@version#sha256}; this
   * is what process variables hold.
   */
  public record Reference(BucketName bucket, String key, String versionId, Sha256 sha256) {

    /** Reads what {@link #toString()} wrote. */
    public static Reference parse(String text) {
      var slash = text.indexOf('/');
      var at = text.lastIndexOf('@');
      var hash = text.lastIndexOf('#');
      if (slash < 0 || at < slash || hash < at) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "manifest reference",
            "'" + text + "' is not of the form bucket/key@version#sha256");
      }
      return new Reference(
          new BucketName(text.substring(0, slash)),
          text.substring(slash + 1, at),
          text.substring(at + 1, hash),
          new Sha256(text.substring(hash + 1)));
    }

    @Override
    public String toString() {
      return bucket + "/" + key + "@" + versionId + "#" + sha256;
    }
  }
}
