package org.balsam.platform.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is.
 *
 * @param type {@code embedded} starts a PostgreSQL under {@code balsam.home}; {@code external} uses
 *     the server in {@code balsam.database.external}
 * @param poolSize connections that this node holds at most
 * @param external the external server; required for that type only
 */
@ConfigurationProperties("balsam.database")
public record DatabaseProperties(
    @DefaultValue("embedded") Type type,
    @DefaultValue("16") int poolSize,
    @Nullable External external) {

  /** The kinds of database. */
  public enum Type {
    EMBEDDED,
    EXTERNAL
  }

  /**
   * An external PostgreSQL, 15 or later, prepared as {@code docs/operations.md} says.
   *
   * @param url JDBC URL, for example {@code
   *     jdbc:postgresql://db.nsi.example/balsam?sslmode=verify-full}; without a login
   * @param username the application's login
   * @param password its password
   * @param ownerUsername the login that owns the schema {@code balsam}
   * @param ownerPassword its password
   */
  public record External(
      String url, String username, String password, String ownerUsername, String ownerPassword) {

    public External {
      DatabaseUrl.checked(url);
    }

    /** Without passwords and the URL's parameters, which may hold one. */
    @Override
    public String toString() {
      return "External["
          + new DatabaseAccess(url, username, password, ownerUsername, ownerPassword)
          + "]";
    }
  }

  public DatabaseProperties {
    if (type == Type.EXTERNAL && external == null) {
      throw new IllegalArgumentException(
          "balsam.database.type is 'external', so balsam.database.external.url, .username,"
              + " .password, .owner-username and .owner-password must be set");
    }
  }
}
