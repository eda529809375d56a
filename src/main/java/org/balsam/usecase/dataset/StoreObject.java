package org.balsam.usecase.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.TemporaryFolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a delivery: one file of a raw dataset for one period (GSBPM 4.3). Other layers are written
 * by steps only. The same bytes twice are one version.
 */
@Component
public class StoreObject {

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final ObjectStore store;
  private final BucketNames buckets;
  private final DatasetProcess process;
  private final Arrivals arrivals;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final TemporaryFolder temporary;

  StoreObject(
      ObjectStore store,
      BucketNames buckets,
      DatasetProcess process,
      Arrivals arrivals,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      TemporaryFolder temporary) {
    this.store = store;
    this.buckets = buckets;
    this.process = process;
    this.arrivals = arrivals;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
    this.temporary = temporary;
  }

  /**
   * @param period what the data are about, for example a month
   * @param revision 0 for the first delivery, more for a corrected one
   * @param file 1 to 128 letters, digits, {@code . _ -}
   * @param content read once, then closed
   */
  public record Command(
      DatasetId dataset,
      Period period,
      int revision,
      String file,
      InputStream content,
      Actor actor) {}

  /**
   * @throws Forbidden for layers that only steps write, and without a delivering role
   * @throws Invalid for a malformed file name, or a {@code .csv} file that is not UTF-8 CSV
   */
  public StoredObject handle(Command command) {
    command.actor.requireAny(
        command.dataset.project(), Role.OWNER, Role.SUBJECT, Role.PRODUCTION, Role.STEWARD);
    check(command);
    // no transaction waits for a sender
    var spooled = spool(command.content);
    try {
      var rows = command.file.endsWith(".csv") ? countRows(command.file, spooled) : -1;
      return transaction.execute(status -> keep(command, spooled, rows));
    } catch (IOException failure) {
      throw unreadable(failure);
    } finally {
      delete(spooled);
    }
  }

  private StoredObject keep(Command command, Path spooled, long rows) {
    var project = command.dataset.project();
    try (var content = Files.newInputStream(spooled)) {
      var key = command.dataset.prefix(command.period, command.revision, 1) + command.file;
      var bucket = buckets.of(project, command.dataset.layer().bucketKind());
      arrivals.takeTurn(bucket, key);
      var stored = store.put(bucket, key, content, Map.of("rows", String.valueOf(rows)));
      audit.record(
          AuditEntry.done("dataset.delivered", project.value(), command.dataset.value())
              .with("key", key)
              .with("version", stored.versionId())
              .with("sha256", stored.sha256().value())
              .with("rows", rows));
      arrivals.note(bucket, key, stored.versionId());
      process.dataArrived(command.dataset, command.period);
      return stored;
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  private static ExternalFailure unreadable(IOException failure) {
    return new ExternalFailure("disk", true, "could not read the upload again", failure);
  }

  private static void check(Command command) {
    if (command.dataset.layer() != Layer.RAW) {
      throw new Forbidden(
          "only raw datasets take deliveries; "
              + command.dataset
              + " is written by the steps of a round");
    }
    if (!FILE.matcher(command.file).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "file",
          "allowed are 1 to 128 letters, digits, '.', '_' and '-', a letter or digit first");
    }
    if (command.revision < 0 || command.revision > 99) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "revision", command.revision + " is not in the range 0 to 99");
    }
  }

  private Path spool(InputStream content) {
    try (content) {
      return copied(content, temporary.file("delivery", ""));
    } catch (IOException failure) {
      throw new ExternalFailure("disk", true, "could not take the upload", failure);
    }
  }

  private static Path copied(InputStream content, Path file) throws IOException {
    try {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException | RuntimeException broken) {
      delete(file);
      throw broken;
    }
  }

  private static long countRows(String name, Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        var parser = CSVFormat.RFC4180.parse(reader)) {
      var rows = 0L;
      for (var ignored : parser) {
        rows++;
      }
      return Math.max(0, rows - 1);
    } catch (IOException | IllegalStateException | java.io.UncheckedIOException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, name, "is not CSV in UTF-8 (RFC 4180): " + reason(malformed));
    }
  }

  private static String reason(Exception malformed) {
    var cause = malformed.getCause() == null ? malformed : malformed.getCause();
    if (cause instanceof CharacterCodingException) {
      return "some of its bytes are no text in UTF-8";
    }
    return cause.getMessage() == null ? "its quotes do not match" : cause.getMessage();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new ExternalFailure("disk", false, "could not remove " + file, failure);
    }
  }
}
