package org.balsam.platform.storage;

import java.net.URI;
import java.time.Instant;

/**
 * An address at which one version of an object can be fetched by whoever knows it. A secret: it is
 * handed to the person who asked, and written nowhere.
 *
 * @param until when it ends; a download that has begun goes on
 */
public record DownloadAddress(URI address, Instant until) {

  /** Without what makes the address valid. */
  @Override
  public String toString() {
    return "DownloadAddress[" + address.getRawPath() + " until " + until + "]";
  }
}
