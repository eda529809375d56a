package org.balsam.platform.messaging;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes addresses of paths in Balsam. */
public final class Links {

  private final String base;

  public Links(@Nullable URI publicUrl) {
    this.base = publicUrl == null ? "" : publicUrl.toString().replaceFirst("/+$", "");
  }

  /** The address under which people reach {@code path}; the path itself when that is not known. */
  public String to(String path) {
    return path.isEmpty() ? "" : base + path;
  }
}
