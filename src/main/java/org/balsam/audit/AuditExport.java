package org.balsam.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.balsam.audit.format.VerifierKey;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes the auditor's bundle: one zip with all sealed events, or those of one project, and
 * everything that is needed to verify them offline. Constant memory; safe from any thread.
 */
public final class AuditExport {

  /**
   * What is exported.
   *
   * @param project only this project's events, each with its proof; null for the whole trail
   * @param reasons whether the free text that people gave as reasons is included
   */
  public record Request(@Nullable String project, boolean reasons) {
    /** The whole trail. */
    public static final Request ALL = new Request(null, true);
  }

  /** Opens a file's content; called once. */
  @FunctionalInterface
  public interface Content {
    /** Opens it; the export closes it. */
    InputStream open() throws IOException;
  }

  private static final Pattern FILE =
      Pattern.compile(
          "(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  private final DataSource source;
  private final VerifierKey key;

  AuditExport(DataSource source, VerifierKey key) {
    this.source = source;
    this.key = key;
  }

  /** An export without a running Balsam. */
  public static AuditExport over(DataSource source, String publicKey) {
    return new AuditExport(source, VerifierKey.parse(publicKey));
  }

  /**
   * Makes sure that there is something to export.
   *
   * @throws NotFound when the trail knows nothing of the project
   */
  public void require(Request request) {
    if (request.project != null
        && !Boolean.TRUE.equals(
            new JdbcTemplate(source)
                .queryForObject(
                    "select exists (select 1 from audit_event where project = ?)",
                    Boolean.class,
                    request.project))) {
      throw new NotFound("the audit trail knows no project '" + request.project + "'");
    }
  }

  /** Like {@link #write(OutputStream, Request, Map)} without further files. */
  public void write(OutputStream out, Request request) throws IOException {
    write(out, request, Map.of());
  }

  /**
   * Writes the bundle as of now, from one snapshot of the database. Does not close {@code out}.
   *
   * @param files further files by relative path, put under {@code files/}; each must be one whose
   *     sha256 an event recorded (a deployed model, a form), or verification objects to it
   */
  public void write(OutputStream out, Request request, Map<String, Content> files)
      throws IOException {
    files.keySet().forEach(AuditExport::checkName);
    var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    try (var connection = source.getConnection()) {
      var autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        write(zip, connection, request);
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException failure) {
      throw new IOException("the audit trail cannot be read", failure);
    }
    for (var file : files.entrySet()) {
      zip.putNextEntry(new ZipEntry("files/" + file.getKey()));
      try (var content = file.getValue().open()) {
        content.transferTo(zip);
      }
      zip.closeEntry();
    }
    zip.finish();
  }

  private void write(ZipOutputStream zip, Connection connection, Request request)
      throws IOException, SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read read only");
    }
    var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    jdbc.setFetchSize(1000);
    new BundleWriter(zip, jdbc, key, request).write();
  }

  private static void checkName(String name) {
    if (!FILE.matcher(name).matches() || name.contains("..")) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "files", "'" + name + "' is not a plain relative path");
    }
  }
}
