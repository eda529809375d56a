package org.balsam.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.balsam.audit.format.CanonicalJson;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.format.SigningKey;
import org.balsam.audit.tree.CompactRange;
import org.balsam.audit.tree.Merkle;
import org.balsam.kernel.Sha256;

/** Builds bundles as an exporter does, honest ones and others, in memory. */
final class BundleFixture {

  static final String ROUND = "lfs-2026-q3-r0";
  static final String TRAINING = "lfs-train-a1b2c3";
  static final String EVIDENCE = Sha256.of("outputs").value();

  final SigningKey key;
  final List<Map<String, Object>> events = new ArrayList<>();
  final Map<String, String> reasons = new LinkedHashMap<>();
  final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, Long> numbers = new TreeMap<>();

  BundleFixture(SigningKey key) {
    this.key = key;
  }

  /** A log in which a round was run, corrected, reviewed and released by the rules. */
  static BundleFixture honest(SigningKey key) {
    var log = new BundleFixture(key);
    log.service("audit.writer.started", "one/aaaa", Map.of());
    log.service(
        "deployment.done",
        null,
        Map.of("resources", Map.of("round.bpmn", Sha256.of("<bpmn/>").value())));
    log.files.put("round.bpmn", "<bpmn/>".getBytes(StandardCharsets.UTF_8));
    log.service(
        "round.opened",
        ROUND,
        Map.of("rows", 12L, "text", "S\u00e9rie \u20ac \ud83d\ude00 \" \\ \n"));
    var confirm = log.decide("userTask_confirmInputs", "anna", "confirm", null);
    log.decide("userTask_correctOrWaive", "bo", "correct", null);
    var review = log.decide("userTask_reviewResults", "carl", "approve", EVIDENCE);
    var release = log.decide("userTask_approveRelease", "dora", "approve", EVIDENCE);
    log.service(
        "round.released",
        ROUND,
        Map.of("approvals", List.of(confirm, review, release), "evidence", EVIDENCE));
    log.service("audit.numbers.unused", "one/aaaa", Map.of("numbers", List.of(List.of(10L, 11L))));
    log.numbers.put("one/aaaa", 11L);
    for (int i = 0; i < 5; i++) {
      log.service("round.closed", "other" + i, Map.of());
    }
    log.withReason("round.cancelled", "Anna is ill");
    return log;
  }

  /** The same log, in which a model was trained and promoted by the rules too: events 15 to 19. */
  static BundleFixture promoted(SigningKey key) {
    var log = honest(key);
    var request = log.event("training.requested", TRAINING, Map.of("model", "damage"));
    request.put("actor", "emil");
    request.put("actorKind", "user");
    log.decide(TRAINING, "userTask_decideOnRefusedCandidate", "frida", "waive", EVIDENCE);
    var review = log.decide(TRAINING, "userTask_reviewPromotion", "carl", "approve", EVIDENCE);
    var last = log.decide(TRAINING, "userTask_approveProduction", "dora", "approve", EVIDENCE);
    log.service(
        "training.promoted",
        TRAINING,
        Map.of("approvals", List.of(review, last), "evidence", EVIDENCE));
    return log;
  }

  String decide(String activity, String actor, String decision, String evidence) {
    return decide(ROUND, activity, actor, decision, evidence);
  }

  private String decide(
      String subject, String activity, String actor, String decision, String evidence) {
    var details = new TreeMap<String, Object>(Map.of("decision", decision));
    if (evidence != null) {
      details.put("evidence", evidence);
    }
    var event = event("task.completed", subject, details);
    event.put("actor", actor);
    event.put("actorKind", "user");
    event.put("groups", List.of("lfs/owner"));
    event.put("activity", activity);
    event.put("processInstance", "instance");
    event.put("correlation", "request");
    event.put("source", "10.0.0.1");
    return (String) event.get("id");
  }

  String service(String action, String subject, Map<String, Object> details) {
    return (String) event(action, subject, details).get("id");
  }

  void withReason(String action, String reason) {
    var event = event(action, ROUND, Map.of());
    event.put("reason", reasonHash(reason));
    reasons.put((String) event.get("id"), reason);
  }

  private Map<String, Object> event(String action, String subject, Map<String, Object> details) {
    var event = new TreeMap<String, Object>();
    event.put("action", action);
    event.put("actor", "balsam");
    event.put("actorKind", "service");
    event.put("details", details);
    event.put("groups", List.of());
    event.put("id", new UUID(0x0191000000007000L + events.size(), Long.MIN_VALUE + 7).toString());
    event.put("occurredAt", "2026-11-21T10:%02d:00.000001Z".formatted(events.size()));
    event.put("outcome", "done");
    event.put("project", "lfs");
    event.put("schema", 1);
    if (subject != null) {
      event.put("subject", subject);
    }
    event.put("writer", "one/aaaa");
    event.put("writerSeq", numbers.merge("one/aaaa", 1L, Long::sum));
    events.add(event);
    return event;
  }

  /** Signs at every size that is a multiple of {@code step}, and at the end. */
  Map<String, byte[]> entries(int step) {
    var entries = new LinkedHashMap<String, byte[]>();
    put(entries, "README.txt", "read me");
    put(
        entries,
        "bundle.json",
        "{\"format\":\"balsam-audit-bundle/1\",\"reasons\":true,\"size\":" + events.size() + "}");
    put(entries, "vkey.txt", key.verifier() + "\n");
    var lines = new StringBuilder();
    var leaves = new ByteArrayOutputStream();
    var range = new CompactRange();
    for (var event : events) {
      var line = CanonicalJson.write(event);
      lines.append(line).append('\n');
      var hash = Merkle.leaf(line.getBytes(StandardCharsets.UTF_8));
      leaves.writeBytes(hash);
      range.append(hash);
      if (range.size() % step == 0 || range.size() == events.size()) {
        put(
            entries,
            "checkpoints/%020d.txt".formatted(range.size()),
            new Checkpoint(key.verifier().name(), range.size(), range.root()).sign(key));
      }
    }
    put(entries, "events.jsonl", lines.toString());
    entries.put("leaves.bin", leaves.toByteArray());
    var texts = new StringBuilder();
    reasons.forEach(
        (id, reason) ->
            texts
                .append(
                    CanonicalJson.write(
                        Map.of("id", id, "salt", "00".repeat(32), "reason", reason)))
                .append('\n'));
    put(entries, "reasons.jsonl", texts.toString());
    files.forEach((name, content) -> entries.put("files/" + name, content));
    return entries;
  }

  static String reasonHash(String reason) {
    var digest = Sha256.digest();
    digest.update(new byte[32]);
    return HexFormat.of().formatHex(digest.digest(reason.getBytes(StandardCharsets.UTF_8)));
  }

  static void put(Map<String, byte[]> entries, String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path zip(Path folder, Map<String, byte[]> entries) {
    try {
      var file = Files.createTempFile(folder, "bundle", ".zip");
      try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
        for (var entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Makes two entries of one name, which no ordinary tool writes. */
  static Path zipWithTwin(Path folder, Map<String, byte[]> entries, String name) {
    try {
      var twin = name.substring(0, name.length() - 1) + "~";
      entries.put(twin, entries.get(name));
      var file = zip(folder, entries);
      var bytes = Files.readAllBytes(file);
      var wanted = twin.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i + wanted.length <= bytes.length; i++) {
        if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
          bytes[i + wanted.length - 1] = (byte) name.charAt(name.length() - 1);
        }
      }
      return Files.write(file, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
