package org.balsam.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.balsam.audit.AuditExport;
import org.balsam.audit.DetachedAudit;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam audit export}: writes the auditor's bundle. */
@Command(
    name = "export",
    description = {
      "Writes the audit trail, with everything needed to verify it offline, to one zip.",
      "",
      "Without --url it reads the embedded database of the home folder, whether a server runs on it"
          + " or not. With --url it asks a running server, whatever its database is; the user needs"
          + " the right to export, and the password is taken from BALSAM_PASSWORD or asked for."
          + " Where people sign in at Keycloak, an access token in BALSAM_TOKEN says who asks.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:The bundle is written.", "1:It could not be written; no file is left."})
public final class AuditExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the zip to write; replaced if it exists")
  private Path file = Path.of("");

  @Option(
      names = "--project",
      paramLabel = "SLUG",
      description = "only this project's events, each with its proof")
  private @Nullable String project;

  @Option(names = "--without-reasons", description = "leave out the free text by people")
  private boolean withoutReasons;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".balsam",
      description = "balsam.home; default: ${DEFAULT-VALUE}")
  private Path home = Path.of(".balsam");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "a running server, for example http://localhost:8080")
  private @Nullable URI url;

  @Option(names = "--user", paramLabel = "NAME", description = "the user for --url")
  private @Nullable String user;

  @Spec private @Nullable CommandSpec spec;

  @FunctionalInterface
  private interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (url == null) {
        fromDatabase();
      } else {
        write(this::download);
      }
      return 0;
    } catch (IOException | BalsamException | IllegalStateException failure) {
      err().println("the audit trail was not exported: " + failure.getMessage());
      return 1;
    }
  }

  /** Attaches to a running server; a second one on the same folder would be refused. */
  private void fromDatabase() throws IOException {
    var folder = home.toAbsolutePath().normalize().resolve("postgresql");
    if (!Files.exists(folder.resolve("data"))) {
      throw new IOException(
          folder + " holds no database; give --home, or --url for a server with another database");
    }
    var running = EmbeddedDatabase.running(folder, "balsam");
    if (running.isPresent()) {
      export(running.get());
      return;
    }
    try (var server = EmbeddedDatabase.start(folder, true)) {
      export(server.access("balsam"));
    }
  }

  private void export(DatabaseAccess access) throws IOException {
    var source = new PGSimpleDataSource();
    source.setUrl(access.url());
    source.setUser(access.user());
    source.setPassword(access.password());
    var audit = DetachedAudit.open(source, home.resolve("audit"));
    try {
      audit.seal();
    } catch (ExternalFailure unsealed) {
      err().println("warning: " + unsealed.getMessage());
    }
    write(out -> audit.export(out, new AuditExport.Request(project, !withoutReasons)));
  }

  private void download(OutputStream out) throws IOException {
    var query =
        "?reasons="
            + !withoutReasons
            + (project == null
                ? ""
                : "&project=" + URLEncoder.encode(project, StandardCharsets.UTF_8));
    var address = URI.create(Objects.requireNonNull(url) + "/api/v1/audit/export" + query);
    var request = HttpRequest.newBuilder(address);
    var token = System.getenv("BALSAM_TOKEN");
    if (token != null) {
      request.header("Authorization", "Bearer " + token.strip());
    } else if (user != null) {
      var login = (user + ":" + password()).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    try {
      var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException(url + " answered " + meaning(response.statusCode()));
        }
        body.transferTo(out);
      }
    } catch (ConnectException unreachable) {
      throw new IOException("no server answers at " + url, unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private String meaning(int status) {
    return switch (status) {
      case 401 ->
          System.getenv("BALSAM_TOKEN") == null
              ? "401: it does not know this user with this password; give --user, or the"
                  + " environment variable BALSAM_TOKEN where people sign in at Keycloak"
              : "401: it does not accept the token in BALSAM_TOKEN; it may have expired";
      case 404 ->
          "404: it knows no project '" + project + "', or " + who() + " is not one of its members";
      case 403 ->
          "403: "
              + who()
              + " may not export this; an administrator may, and with --project its auditors and"
              + " owner";
      default -> String.valueOf(status);
    };
  }

  private String who() {
    return user == null ? "this user" : user;
  }

  private String password() throws IOException {
    var given = System.getenv("BALSAM_PASSWORD");
    if (given != null) {
      return given;
    }
    if (System.console() == null) {
      throw new IOException("no terminal to ask for the password; set BALSAM_PASSWORD");
    }
    return new String(System.console().readPassword("password of %s: ", user));
  }

  /** The file is there whole or not at all. */
  private void write(Source source) throws IOException {
    var target = file.toAbsolutePath();
    var temporary = beside(target);
    try {
      try (var out = Files.newOutputStream(temporary)) {
        source.writeTo(out);
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path beside(Path target) throws IOException {
    try {
      return Files.createTempFile(target.getParent(), ".audit", ".zip");
    } catch (FileSystemException refused) {
      throw new IOException(
          "the folder " + target.getParent() + " is missing or cannot be written to", refused);
    }
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
