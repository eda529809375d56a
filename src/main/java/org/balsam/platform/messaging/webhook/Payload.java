package org.balsam.platform.messaging.webhook;

import java.util.Map;
import org.balsam.platform.messaging.Letter;

/** Writes a notice the way a receiver understands it. */
@FunctionalInterface
public interface Payload {

  /** What to post. */
  Content of(Letter letter);

  /** A body with its media type and further headers. */
  record Content(byte[] body, String type, Map<String, String> headers) {}
}
