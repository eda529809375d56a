package org.balsam.audit.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.audit.format.StrictJson;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/** Checks what hangs on the events by hash: people's reasons, and files. */
final class Attachments {

  private static final Pattern HASH = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
  private static final int MOST = 5_000_000;

  private final Bundle bundle;
  private final Findings findings;
  private final Map<String, Event> withReason = new HashMap<>();
  private final Set<String> erased = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> named = new HashSet<>();

  Attachments(Bundle bundle, Findings findings) throws IOException {
    this.bundle = bundle;
    this.findings = findings;
    for (var name : bundle.files()) {
      files.add(sha256(name));
    }
  }

  void add(Event event) {
    if (event.text("reason") != null && withReason.size() < MOST) {
      withReason.put(event.id(), event);
    }
    if (event.is("action", "audit.payload.erased") && event.isDone()) {
      erased.add(String.valueOf(event.text("subject")));
    }
    if (!files.isEmpty()) {
      name(event.fields().get("details"));
    }
  }

  private void name(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(this::name);
    } else if (value instanceof List<?> list) {
      list.forEach(this::name);
    } else if (value instanceof String text) {
      var matcher = HASH.matcher(text);
      if (matcher.matches() && files.contains(matcher.group(1))) {
        named.add(matcher.group(1));
      }
    }
  }

  void finish(boolean reasonsIncluded, boolean whole) throws IOException {
    if (reasonsIncluded) {
      bundle.lines("reasons.jsonl", MOST, (number, line) -> reason(StrictJson.object(line)));
      for (var event : withReason.values()) {
        if (!erased.contains(event.id()) && whole) {
          findings.add(
              "reason-missing",
              event.index(),
              event.id(),
              "the reason is missing, but no event says that it was erased");
        }
      }
    }
    for (var name : bundle.files()) {
      if (!named.contains(sha256(name))) {
        findings.add("file-unknown", "no event names the content of '" + name + "'");
      }
    }
  }

  private void reason(Map<String, Object> reason) {
    var id = String.valueOf(reason.get("id"));
    var event = withReason.remove(id);
    if (event == null
        || !(reason.get("salt") instanceof String salt)
        || !salt.matches("[0-9a-f]{64}")
        || !(reason.get("reason") instanceof String text)
        || !hash(salt, text).equals(event.text("reason"))) {
      findings.add(
          "reason-changed",
          event == null ? null : event.index(),
          id,
          "the reason is not the one that was given");
    }
  }

  private static String hash(String salt, String text) {
    var digest = Sha256.digest();
    digest.update(HexFormat.of().parseHex(salt));
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String sha256(String name) throws IOException {
    var digest = Sha256.digest();
    try (var in = bundle.stream(name);
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      var copied = in.transferTo(out);
      if (copied > 1L << 30) {
        throw new Bundle.Malformed("'" + name + "' is larger than 1 GiB");
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
