package org.balsam.platform.database;

/**
 * How to reach the database: one URL, two logins. The application works as {@code user}; {@code
 * owner} owns Balsam's tables and is used for migrations only.
 *
 * @param url JDBC URL; its search path is {@code engine,balsam}
 */
public record DatabaseAccess(
    String url, String user, String password, String owner, String ownerPassword) {

  /** Where the database is, without parameters, which may hold a secret. */
  public String address() {
    return url.replaceFirst("^jdbc:", "").replaceFirst("[?].*$", "");
  }

  @Override
  public String toString() {
    return "DatabaseAccess[" + address() + " as " + user + ", owner " + owner + "]";
  }
}
