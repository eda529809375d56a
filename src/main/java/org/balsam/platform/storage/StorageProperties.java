package org.balsam.platform.storage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where objects are kept.
 *
 * @param type {@code filesystem} keeps them under {@code balsam.home} in the folder {@code objects}
 */
@ConfigurationProperties("balsam.storage")
public record StorageProperties(@DefaultValue("filesystem") Type type) {

  /** The kinds of object storage. */
  public enum Type {
    FILESYSTEM
  }
}
