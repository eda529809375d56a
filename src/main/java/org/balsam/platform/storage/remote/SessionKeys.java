package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.time.Duration;

/**
 * Keys that the server makes for others: they do what a policy says, and end. Calls block and are
 * not repeated; an {@link IOException} is trouble of the network, an {@link S3Refusal} the server's
 * answer.
 */
public interface SessionKeys {

  /**
   * A new key.
   *
   * @param policy of S3, as JSON
   * @param holder who gets it
   */
  ServerKeys.Pair issue(String policy, String holder, Duration lifetime) throws IOException;

  /**
   * Ends all keys of a holder.
   *
   * @return false when this server cannot; they end by themselves then
   */
  boolean revoke(String holder) throws IOException;
}
