package org.balsam.platform.registry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models are registered.
 *
 * @param type {@code builtin} keeps versions and aliases in Balsam's database and their files in
 *     object storage, in the project's bucket {@code mdl}
 */
@ConfigurationProperties("balsam.registry")
public record RegistryProperties(@DefaultValue("builtin") Type type) {

  /** The kinds of registry. */
  public enum Type {
    BUILTIN
  }
}
