package org.balsam.platform.identity;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people and their roles come from.
 *
 * @param type {@code embedded} keeps them in Balsam's own database
 * @param embedded settings of that type
 */
@ConfigurationProperties("balsam.identity")
public record IdentityProperties(
    @DefaultValue("embedded") Type type, @DefaultValue Embedded embedded) {

  /** The kinds of directory. */
  public enum Type {
    EMBEDDED
  }

  /**
   * The embedded directory.
   *
   * @param administrator who is made the platform's administrator when there is nobody yet
   */
  public record Embedded(@DefaultValue Administrator administrator) {}

  /**
   * The first administrator.
   *
   * @param id the person's id
   * @param passwordFile a file whose first line is the password; without it Balsam makes one up and
   *     writes it to {@code initial-admin-password} in its home, readable by its owner only
   */
  public record Administrator(@DefaultValue("admin") String id, @Nullable Path passwordFile) {}
}
