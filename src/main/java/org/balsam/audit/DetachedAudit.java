package org.balsam.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** The trail of a home folder without a server: for the command line, also while a server runs. */
public final class DetachedAudit {

  private final AuditSealer sealer;
  private final AuditExport export;

  private DetachedAudit(AuditSealer sealer, AuditExport export) {
    this.sealer = sealer;
    this.export = export;
  }

  /**
   * Opens the trail.
   *
   * @param source the database, as the application's login
   * @param audit the folder with key and checkpoints, {@code audit} under {@code balsam.home}
   * @throws Invalid if there is no key: none is made here
   */
  public static DetachedAudit open(DataSource source, Path audit) {
    var file = audit.resolve("key");
    if (!Files.exists(file)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          file.toString(),
          "there is no audit key; name the folder in which Balsam keeps its state");
    }
    var key = KeyFile.ensure(file, null);
    var database = new AuditDatabase(source);
    var writer = new EventWriter("command-line", database, key);
    var trail = new JdbcAuditTrail(writer, database, Clock.systemUTC());
    var files = new CheckpointFiles(audit.resolve("checkpoints"), key.verifier());
    return new DetachedAudit(
        new AuditSealer(database, writer, trail, key, files),
        new AuditExport(source, key.verifier()));
  }

  /**
   * Seals what has committed.
   *
   * @throws org.balsam.kernel.ExternalFailure as {@link AuditSealer#seal} does
   */
  public void seal() {
    sealer.seal();
  }

  /**
   * Writes the bundle.
   *
   * @throws org.balsam.kernel.NotFound when the trail knows nothing of the project
   */
  public void export(OutputStream out, AuditExport.Request request) throws IOException {
    export.require(request);
    export.write(out, request);
  }
}
