package org.balsam.platform.identity.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.identity.IdentityProperties.Administrator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Makes the first person when there is none, so that a fresh installation can be entered. */
public final class FirstAdministrator {

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

  private final EmbeddedPeople people;
  private final Administrator settings;
  private final BalsamHome home;
  private final TransactionOperations transaction;

  /** Prepares; {@link #ensure} acts. */
  public FirstAdministrator(
      EmbeddedPeople people,
      Administrator settings,
      BalsamHome home,
      TransactionOperations transaction) {
    this.people = people;
    this.settings = settings;
    this.home = home;
    this.transaction = transaction;
  }

  /** Does nothing when any person exists. */
  public void ensure() {
    if (!people.isEmpty()) {
      return;
    }
    try {
      var password = settings.passwordFile() == null ? generate() : read(settings.passwordFile());
      transaction.executeWithoutResult(
          status -> {
            people.ensurePerson(settings.id(), "Platform administrator", "", password);
            people.ensureAdministrator(settings.id());
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the first administrator's password could not be read or written", failure);
    }
  }

  private static String read(Path file) throws IOException {
    var password = Files.readAllLines(file).stream().findFirst().orElse("").strip();
    if (password.length() < 8) {
      throw new IllegalStateException(
          "balsam.identity.embedded.administrator.password-file names "
              + file
              + ", whose first line must be a password of at least 8 characters");
    }
    return password;
  }

  /** Written before the person is made: a crash in between leaves a password that is used next. */
  private String generate() throws IOException {
    var file = home.resolve("initial-admin-password");
    if (!Files.exists(file)) {
      var bytes = new byte[18];
      new SecureRandom().nextBytes(bytes);
      write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    LOG.warn(
        "made the administrator '{}'; the one-time password is in {}: change it and delete the"
            + " file",
        settings.id(),
        file);
    return read(file);
  }

  private static void write(Path file, String password) throws IOException {
    Files.createDirectories(file.getParent());
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(temporary);
    var view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(temporary, password + "\n");
    try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
