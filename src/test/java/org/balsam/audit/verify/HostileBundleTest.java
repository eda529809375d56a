package org.balsam.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.balsam.audit.format.CanonicalJson;
import org.balsam.audit.format.SigningKey;
import org.balsam.audit.format.StrictJson;
import org.balsam.audit.tree.Merkle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Both verifiers, this one and the one in Python, find every forgery and nothing else. */
class HostileBundleTest {

  static final SigningKey KEY = SigningKey.generate("test.example/audit");
  static final String OLD = "checkpoints/%020d.txt".formatted(8);
  static final String NEWEST = "checkpoints/%020d.txt".formatted(15);
  static boolean python;

  @TempDir static Path folder;

  @BeforeAll
  static void lookForPython() throws Exception {
    try {
      python = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      python = false;
    }
    if (!python) {
      System.out.println("python3 is absent: docs/verify_audit.py was NOT compared with Java");
    }
  }

  @Test
  void raisesNoFalseAlarm() {
    for (int step = 1; step <= 16; step++) {
      var entries = BundleFixture.honest(KEY).entries(step);
      var report = verify(BundleFixture.zip(folder, entries), entries.get(NEWEST));
      assertThat(report.findings()).as("checkpoints every %d events", step).isEmpty();
      assertThat(report.exitCode()).isZero();
      assertThat(report.events()).isEqualTo(15);
      assertThat(report.text()).startsWith("VERIFIED: 15 events");
    }
  }

  @Test
  void saysWhenTheKeyIsOnlyTheBundlesOwn() {
    var file = BundleFixture.zip(folder, honest());
    assertThat(AuditVerifier.verify(file, AuditVerifier.Options.NONE).notes().toString())
        .contains("--key");
  }

  /** One bit of every field of every event, and of every other entry. */
  @TestFactory
  Stream<DynamicTest> findsOneBitInEachField() throws Exception {
    var lines = lines(honest(), "events.jsonl");
    var tests = new ArrayList<DynamicTest>();
    for (int i = 0; i < lines.size(); i++) {
      var fields = StrictJson.object(lines.get(i).getBytes(UTF_8));
      for (var field : fields.keySet()) {
        var index = i;
        tests.add(
            forgery(
                i == 5 || i == 14,
                "bit flipped in " + field + " of event " + i,
                "event-changed",
                (long) i,
                entries -> flip(entries, index, field)));
      }
    }
    for (var name : List.of("leaves.bin", OLD, NEWEST, "reasons.jsonl", "files/round.bpmn")) {
      tests.add(
          forgery(
              "bit flipped in " + name,
              null,
              null,
              entries -> {
                var bytes = entries.get(name);
                bytes[bytes.length / 3] ^= 1;
              }));
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> findsEventsThatMoved() {
    return Stream.of(
        forgery("dropped", "event-changed", 3L, at -> edit(at, l -> l.remove(3))),
        forgery(
            "dropped with its hash",
            "tree-changed",
            0L,
            at -> {
              edit(at, l -> l.remove(3));
              leaves(at, l -> l.remove(3));
            }),
        forgery("duplicated", "event-changed", 4L, at -> edit(at, l -> l.add(3, l.get(3)))),
        forgery("reordered", "event-changed", 3L, at -> edit(at, HostileBundleTest::swap)),
        forgery(
            "reordered with their hashes",
            "tree-changed",
            0L,
            at -> {
              edit(at, HostileBundleTest::swap);
              leaves(at, HostileBundleTest::swap);
            }),
        forgery(
            "inserted with its hash",
            "tree-changed",
            8L,
            at -> {
              var line = lines(at, "events.jsonl").get(9).replace("other", "mallory");
              edit(at, l -> l.add(9, line));
              leaves(at, l -> l.add(9, Merkle.leaf(line.getBytes(UTF_8))));
            }),
        forgery(
            "replaced with its hash",
            "tree-changed",
            0L,
            at -> {
              var line = lines(at, "events.jsonl").get(5).replace("carl", "anna");
              edit(at, l -> l.set(5, line));
              leaves(at, l -> l.set(5, Merkle.leaf(line.getBytes(UTF_8))));
            }),
        forgery("first cut off", "event-changed", 0L, at -> edit(at, l -> l.remove(0))),
        forgery("tail cut off", "events-missing", 14L, at -> edit(at, l -> l.remove(14))),
        forgery(
            "tail cut off with its hash",
            "events-missing",
            14L,
            at -> {
              edit(at, l -> l.remove(14));
              leaves(at, l -> l.remove(14));
            }),
        forgery("all gone", "events-missing", 0L, at -> edit(at, List::clear)),
        forgery("hashes cut off", "event-changed", 14L, at -> leaves(at, l -> l.remove(14))),
        forgery(
            "appended behind the signed tree",
            "event-unsigned",
            15L,
            at -> {
              var line = lines(at, "events.jsonl").get(14).replace("Seq\":17", "Seq\":18");
              edit(at, l -> l.add(line));
              leaves(at, l -> l.add(Merkle.leaf(line.getBytes(UTF_8))));
            }),
        forgery(
            "deleted in the database",
            "event-missing",
            4L,
            at -> edit(at, l -> l.set(4, "{\"missing\":\"some-id\"}"))));
  }

  @TestFactory
  Stream<DynamicTest> findsOtherTrees() {
    return Stream.of(
        forgery(
            "rolled back",
            "rolled-back",
            null,
            at -> {
              at.remove(NEWEST);
              edit(at, l -> l.subList(8, 15).clear());
              leaves(at, l -> l.subList(8, 15).clear());
              BundleFixture.put(at, "reasons.jsonl", "");
            }),
        forgery(
            "split view of the same size", "split-view", null, at -> replace(at, otherLog(KEY))),
        forgery(
            "split view that grew further",
            "split-view",
            null,
            at -> {
              var log = BundleFixture.honest(KEY);
              log.events.get(4).put("actor", "mallory");
              for (int i = 0; i < 4; i++) {
                log.service("round.closed", "more", Map.of());
              }
              replace(at, log);
            }),
        forgery(
            "signed by another key of the same name",
            "checkpoint-signature",
            null,
            at -> replace(at, BundleFixture.honest(SigningKey.generate("test.example/audit")))),
        forgery(
            "only the public key swapped and signatures left",
            null,
            null,
            at -> at.put(NEWEST, otherCheckpoint(at))),
        forgery("checkpoints swapped", "checkpoint", null, at -> at.put(OLD, at.get(NEWEST))),
        forgery(
            "no checkpoints",
            "rolled-back",
            null,
            at -> at.keySet().removeIf(n -> n.startsWith("checkpoints/"))),
        forgery(
            "leaf hashed without its domain byte",
            "event-changed",
            14L,
            at ->
                leaves(
                    at,
                    l ->
                        l.set(
                            14,
                            bytes(
                                org.balsam.kernel.Sha256.of(lines(at, "events.jsonl").get(14)))))),
        forgery(
            "two leaves passed off as their node",
            null,
            null,
            at -> {
              var hashes = new ArrayList<byte[]>();
              leaves(at, hashes::addAll);
              var content = new byte[64];
              System.arraycopy(hashes.get(0), 0, content, 0, 32);
              System.arraycopy(hashes.get(1), 0, content, 32, 32);
              var lines = new ByteArrayOutputStream();
              lines.writeBytes(content);
              lines.write('\n');
              var rest = lines(at, "events.jsonl");
              rest.subList(2, rest.size())
                  .forEach(l -> lines.writeBytes((l + "\n").getBytes(UTF_8)));
              at.put("events.jsonl", lines.toByteArray());
              leaves(
                  at,
                  l -> {
                    l.subList(0, 2).clear();
                    l.add(0, Merkle.leaf(content));
                  });
            }));
  }

  @TestFactory
  Stream<DynamicTest> findsMisshapenBundles() {
    return Stream.of(
        forgery(
            "duplicate keys",
            "not-canonical",
            2L,
            at ->
                edit(
                    at,
                    l ->
                        l.set(2, l.get(2).replace("{\"action\"", "{\"action\":\"x\",\"action\"")))),
        forgery("white space", "not-canonical", 2L, at -> edit(at, l -> l.set(2, l.get(2) + " "))),
        forgery(
            "keys in another order",
            "not-canonical",
            2L,
            at -> edit(at, l -> l.set(2, "{\"b\":1,\"a\":2}"))),
        forgery("a float", "not-canonical", 2L, at -> edit(at, l -> l.set(2, "{\"a\":1.5}"))),
        forgery("not JSON", "not-canonical", 2L, at -> edit(at, l -> l.set(2, "\u0007"))),
        forgery(
            "deep nesting", "not-canonical", 2L, at -> edit(at, l -> l.set(2, "[".repeat(5000)))),
        forgery(
            "a line that never ends", null, null, at -> at.put("events.jsonl", new byte[900_000])),
        forgery(
            "no line feed at the end",
            null,
            null,
            at -> at.computeIfPresent("events.jsonl", (n, b) -> Arrays.copyOf(b, b.length - 1))),
        forgery("no events entry", null, null, at -> at.remove("events.jsonl")),
        forgery("no hashes entry", null, null, at -> at.remove("leaves.bin")),
        forgery("no description", null, null, at -> at.remove("bundle.json")),
        forgery(
            "another format",
            null,
            null,
            at -> BundleFixture.put(at, "bundle.json", "{\"format\":\"x\"}")),
        forgery(
            "a path that climbs", null, null, at -> BundleFixture.put(at, "files/../../x", "x")),
        forgery("an absolute path", null, null, at -> BundleFixture.put(at, "/etc/passwd", "x")),
        forgery("a backslash", null, null, at -> BundleFixture.put(at, "files\\x", "x")),
        forgery("an unknown entry", null, null, at -> BundleFixture.put(at, "extra.txt", "x")),
        forgery("a huge checkpoint", null, null, at -> at.put(NEWEST, new byte[3 << 20])),
        forgery(
            "a foreign file",
            "file-unknown",
            null,
            at -> BundleFixture.put(at, "files/other.bpmn", "x")),
        forgery(
            "a reason dropped",
            "reason-missing",
            14L,
            at -> BundleFixture.put(at, "reasons.jsonl", "")),
        forgery(
            "a reason for another event",
            "reason-changed",
            null,
            at ->
                BundleFixture.put(
                    at,
                    "reasons.jsonl",
                    new String(at.get("reasons.jsonl"), UTF_8)
                        .replace("\"id\":\"01", "\"id\":\"02"))),
        DynamicTest.dynamicTest(
            "an entry twice",
            () -> {
              var file = BundleFixture.zipWithTwin(folder, honest(), "events.jsonl");
              assertThat(verify(file, null).exitCode()).isEqualTo(2);
              comparePython(file, null, 2);
            }),
        DynamicTest.dynamicTest(
            "not a zip",
            () -> {
              var file = Files.writeString(folder.resolve("text.zip"), "hello");
              assertThat(verify(file, null).exitCode()).isEqualTo(2);
              comparePython(file, null, 2);
            }));
  }

  /** Everything is signed, but it should not have happened. */
  @TestFactory
  Stream<DynamicTest> findsWhatWasNotAllowed() {
    return Stream.of(
        offence("reviewer confirmed the inputs", "same-person", log -> actor(log, 5, "anna")),
        offence("reviewer corrected", "same-person", log -> actor(log, 5, "bo")),
        offence("releaser reviewed", "same-person", log -> actor(log, 6, "carl")),
        offence(
            "release sent back",
            "approval-missing",
            log -> details(log, 6).put("decision", "sendBack")),
        offence(
            "review of another round",
            "approval-missing",
            log -> log.events.get(5).put("subject", "lfs-2026-q2-r0")),
        offence(
            "review of another project",
            "approval-missing",
            log -> log.events.get(5).put("project", "cpi")),
        offence(
            "review by a service",
            "approval-missing",
            log -> log.events.get(5).put("actorKind", "service")),
        offence(
            "review that was refused",
            "approval-missing",
            log -> log.events.get(5).put("outcome", "refused")),
        offence(
            "review of another task",
            "approval-missing",
            log -> log.events.get(5).put("activity", "userTask_evaluateRound")),
        offence(
            "evidence swapped after the approval",
            "evidence-differs",
            log -> details(log, 7).put("evidence", "0".repeat(64))),
        offence(
            "approvals not named", "approval-missing", log -> details(log, 7).remove("approvals")),
        offence(
            "approval given afterwards",
            "approval-missing",
            log -> {
              var late = log.events.remove(6);
              log.events.add(late);
            }),
        offence(
            "released twice on one approval",
            "approval-missing",
            log -> log.service("round.released", "lfs-2026-q4-r0", new TreeMap<>(details(log, 7)))),
        offence(
            "event removed before sealing",
            "writer-gap",
            log -> log.events.get(14).put("writerSeq", 19L)),
        offence("event without a number", "writer", log -> log.events.get(14).put("writerSeq", 0L)),
        offence(
            "number used twice",
            "writer-duplicate",
            log -> log.events.get(14).put("writerSeq", 16L)),
        offence(
            "row changed before sealing",
            "row-foreign",
            log -> log.service("audit.row.foreign", "some-id", Map.of())));
  }

  @TestFactory
  Stream<DynamicTest> findsWhatWasPromotedAgainstTheRules() {
    return Stream.of(
        promotion("trainer reviewed", "same-person", log -> actor(log, 17, "emil")),
        promotion("trainer approved", "same-person", log -> actor(log, 18, "emil")),
        promotion("reviewer waived", "same-person", log -> actor(log, 17, "frida")),
        promotion("approver reviewed", "same-person", log -> actor(log, 18, "carl")),
        promotion(
            "review of another training",
            "approval-missing",
            log -> log.events.get(17).put("subject", "lfs-train-zzzzzz")),
        promotion(
            "production rejected",
            "approval-missing",
            log -> details(log, 18).put("decision", "reject")),
        promotion(
            "other evidence promoted",
            "evidence-differs",
            log -> details(log, 17).put("evidence", "0".repeat(64))));
  }

  @Test
  void acceptsAPromotionByTheRules() {
    var file = BundleFixture.zip(folder, BundleFixture.promoted(KEY).entries(8));
    var report = verify(file, null);
    assertThat(report.verified()).as(report.text()).isTrue();
    assertThat(report.notes()).anyMatch(note -> note.startsWith("2 releases or promotions"));
    comparePython(file, null, 0);
  }

  @Test
  void acceptsWhatANodeThatDiedLeftOpen() {
    var log = BundleFixture.honest(KEY);
    log.events.get(14).put("writerSeq", 18L);
    var entries = log.entries(8);
    var young = verify(BundleFixture.zip(folder, entries), entries.get(NEWEST));
    assertThat(young.verified()).isTrue();
    assertThat(young.notes().toString()).contains("17 to 17");
    log.service("audit.numbers.unused", "one/aaaa", Map.of("numbers", List.of(List.of(17L, 17L))))
        .length();
    log.events.get(15).put("writer", "two/bbbb");
    log.events.get(15).put("writerSeq", 1L);
    log.events.get(15).put("occurredAt", "2026-11-22T10:00:00.000001Z");
    var explained = log.entries(8);
    var file = BundleFixture.zip(folder, explained);
    assertThat(verify(file, explained.get(OLD)).findings()).isEmpty();
    comparePython(file, explained.get(OLD), 0);
  }

  @Test
  void usesTheReadersOwnPolicy() throws Exception {
    var strict =
        Files.writeString(
            folder.resolve("policy.json"),
            new String(AuditVerifier.class.getResourceAsStream("policy.json").readAllBytes(), UTF_8)
                .replace("[\"review\", \"release\"]\n    }", "[\"confirm\"]\n    }"));
    var file = BundleFixture.zip(folder, honest());
    var report = AuditVerifier.verify(file, new AuditVerifier.Options(strict, null, vkey()));
    assertThat(report.findings()).extracting("code").containsExactly("evidence-differs");
    Files.writeString(strict, "{\"format\":\"balsam-audit-policy/1\",\"rules\":[],\"rulez\":[]}");
    assertThatThrownBy(
            () -> AuditVerifier.verify(file, new AuditVerifier.Options(strict, null, vkey())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rulez");
  }

  @Test
  void sharesItsPolicyWithThePythonVerifier() throws Exception {
    if (!python) {
      return;
    }
    var printed =
        new ProcessBuilder(
                "python3",
                "-c",
                "import sys, json; sys.path.insert(0, 'docs'); import verify_audit;"
                    + " print(json.dumps(verify_audit.POLICY))")
            .start();
    var theirs = StrictJson.object(printed.getInputStream().readAllBytes());
    var ours =
        StrictJson.object(AuditVerifier.class.getResourceAsStream("policy.json").readAllBytes());
    assertThat(theirs).isEqualTo(ours);
  }

  private static DynamicTest forgery(
      String name, String code, Long index, Consumer<Map<String, byte[]>> change) {
    return forgery(true, name, code, index, change);
  }

  /**
   * @param compare whether to start Python too, which takes its time
   */
  private static DynamicTest forgery(
      boolean compare, String name, String code, Long index, Consumer<Map<String, byte[]>> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var entries = honest();
          var own = entries.get(NEWEST).clone();
          change.accept(entries);
          var file = BundleFixture.zip(folder, entries);
          var report = verify(file, own);
          assertThat(report.verified()).as(report.text()).isFalse();
          if (code != null) {
            assertThat(report.findings())
                .as(report.text())
                .anySatisfy(
                    finding -> {
                      assertThat(finding.code()).isEqualTo(code);
                      assertThat(finding.index()).isEqualTo(index);
                    });
          }
          if (compare) {
            comparePython(file, own, report.exitCode());
          }
        });
  }

  private static DynamicTest promotion(String name, String code, Consumer<BundleFixture> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var log = BundleFixture.promoted(KEY);
          change.accept(log);
          var file = BundleFixture.zip(folder, log.entries(8));
          var report = verify(file, null);
          assertThat(report.findings()).as(report.text()).extracting("code").containsOnly(code);
          comparePython(file, null, 1);
        });
  }

  private static DynamicTest offence(String name, String code, Consumer<BundleFixture> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var log = BundleFixture.honest(KEY);
          change.accept(log);
          if (code.equals("writer-gap")) {
            var later = log.service("round.closed", "later", Map.of());
            assertThat(later).isNotEmpty();
            log.events.get(15).put("writer", "two/bbbb");
            log.events.get(15).put("writerSeq", 1L);
            log.events.get(15).put("occurredAt", "2026-11-22T10:00:00.000001Z");
          }
          var entries = log.entries(8);
          var file = BundleFixture.zip(folder, entries);
          var report = verify(file, null);
          assertThat(report.findings()).as(report.text()).extracting("code").contains(code);
          assertThat(report.exitCode()).isEqualTo(1);
          comparePython(file, null, 1);
        });
  }

  private static VerificationReport verify(Path file, byte[] own) {
    return AuditVerifier.verify(file, new AuditVerifier.Options(null, file(own), vkey()));
  }

  private static void comparePython(Path file, byte[] own, int exitCode) {
    if (!python) {
      return;
    }
    try {
      var command =
          new ArrayList<>(
              List.of("python3", "docs/verify_audit.py", file.toString(), "--key", vkey()));
      if (own != null) {
        command.addAll(List.of("--checkpoint", String.valueOf(file(own))));
      }
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path file(byte[] own) {
    try {
      return own == null ? null : Files.write(Files.createTempFile(folder, "own", ".txt"), own);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static String vkey() {
    return KEY.verifier().toString();
  }

  private static Map<String, byte[]> honest() {
    return BundleFixture.honest(KEY).entries(8);
  }

  private static BundleFixture otherLog(SigningKey key) {
    var log = BundleFixture.honest(key);
    log.events.get(4).put("actor", "mallory");
    return log;
  }

  private static byte[] otherCheckpoint(Map<String, byte[]> entries) {
    var other = SigningKey.generate("test.example/audit");
    BundleFixture.put(entries, "vkey.txt", other.verifier() + "\n");
    return BundleFixture.honest(other).entries(8).get(NEWEST);
  }

  private static void replace(Map<String, byte[]> entries, BundleFixture log) {
    entries.clear();
    entries.putAll(log.entries(8));
  }

  private static List<String> lines(Map<String, byte[]> entries, String name) {
    return new ArrayList<>(new String(entries.get(name), UTF_8).lines().toList());
  }

  private static void edit(Map<String, byte[]> entries, Consumer<List<String>> change) {
    var lines = lines(entries, "events.jsonl");
    change.accept(lines);
    var joined = new StringBuilder();
    lines.forEach(line -> joined.append(line).append('\n'));
    BundleFixture.put(entries, "events.jsonl", joined.toString());
  }

  private static void leaves(Map<String, byte[]> entries, Consumer<List<byte[]>> change) {
    var bytes = entries.get("leaves.bin");
    var hashes = new ArrayList<byte[]>();
    for (int i = 0; i < bytes.length; i += 32) {
      hashes.add(Arrays.copyOfRange(bytes, i, i + 32));
    }
    change.accept(hashes);
    var joined = new ByteArrayOutputStream();
    hashes.forEach(joined::writeBytes);
    entries.put("leaves.bin", joined.toByteArray());
  }

  private static <T> void swap(List<T> list) {
    java.util.Collections.swap(list, 3, 4);
  }

  private static void flip(Map<String, byte[]> entries, int index, String field) {
    edit(
        entries,
        lines -> {
          try {
            var fields = new LinkedHashMap<>(StrictJson.object(lines.get(index).getBytes(UTF_8)));
            fields.computeIfPresent(field, (name, value) -> flipped(value));
            lines.set(index, CanonicalJson.write(fields));
          } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
          }
        });
  }

  private static Object flipped(Object value) {
    if (value instanceof Number number) {
      return number.longValue() ^ 1;
    }
    if (value instanceof String text) {
      return (char) (text.charAt(0) ^ 1) + text.substring(1);
    }
    if (value instanceof List<?> list) {
      var more = new ArrayList<Object>(list);
      more.add("x");
      return more;
    }
    var map = new TreeMap<String, Object>();
    ((Map<?, ?>) value).forEach((key, inner) -> map.put(String.valueOf(key), inner));
    map.put("x", 1);
    return map;
  }

  private static byte[] bytes(org.balsam.kernel.Sha256 hash) {
    return java.util.HexFormat.of().parseHex(hash.value());
  }

  private static void actor(BundleFixture log, int index, String actor) {
    log.events.get(index).put("actor", actor);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> details(BundleFixture log, int index) {
    var event = log.events.get(index);
    var details = new TreeMap<>((Map<String, Object>) event.get("details"));
    event.put("details", details);
    return details;
  }
}
