package org.balsam.platform.forge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where code is kept.
 *
 * @param type {@code local} keeps bare repositories under {@code balsam.home} in the folder {@code
 *     git}
 */
@ConfigurationProperties("balsam.forge")
public record ForgeProperties(@DefaultValue("local") Type type) {

  /** The kinds of forge. */
  public enum Type {
    LOCAL
  }
}
