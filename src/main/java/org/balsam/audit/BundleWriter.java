package org.balsam.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.balsam.audit.format.Base64Text;
import org.balsam.audit.format.CanonicalJson;
import org.balsam.audit.format.VerifierKey;
import org.balsam.audit.tree.StoredTree;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Writes one bundle entry after entry; {@code docs/audit.md} describes them. */
final class BundleWriter {

  private static final String LEAVES =
      " from audit_leaf l left join audit_event e on e.id = l.event_id";
  private static final int CHECKPOINTS = 10_000;
  private static final int CHECKPOINTS_OF_PROJECT = 100;
  private static final byte[] NO_HASH = new byte[32];

  private final ZipOutputStream zip;
  private final JdbcTemplate jdbc;
  private final VerifierKey key;
  private final @Nullable String project;
  private final boolean reasons;
  private final StoredTree tree;
  private final long size;

  BundleWriter(
      ZipOutputStream zip, JdbcTemplate jdbc, VerifierKey key, AuditExport.Request request) {
    var rows = new TreeRows(jdbc);
    var head = rows.head(key.name());
    this.zip = zip;
    this.jdbc = jdbc;
    this.key = key;
    this.project = request.project();
    this.reasons = request.reasons();
    this.tree = new StoredTree(rows);
    this.size = head == null ? 0 : head.checkpoint().size();
  }

  void write() throws IOException {
    entry("README.txt", readme());
    entry("bundle.json", CanonicalJson.write(description()) + "\n");
    entry("vkey.txt", key + "\n");
    var sizes = checkpoints();
    events();
    if (project == null) {
      leaves();
    } else {
      proofs();
      consistency(sizes);
    }
    if (reasons) {
      payloads();
    }
  }

  private Map<String, Object> description() {
    var description = new TreeMap<String, Object>();
    description.put("format", "balsam-audit-bundle/1");
    description.put("size", size);
    description.put("reasons", reasons);
    if (project != null) {
      description.put("project", project);
    }
    return description;
  }

  /** All checkpoints while they are few; else some, evenly, with the newest. */
  private List<Long> checkpoints() {
    var most = project == null ? CHECKPOINTS : CHECKPOINTS_OF_PROJECT;
    var sizes = new ArrayList<Long>();
    each(
        "select size, note from (select size, note, row_number() over (order by size desc) - 1 as"
            + " place, count(*) over () as total from audit_checkpoint) numbered where place %"
            + " (total / ? + 1) = 0 order by size",
        row -> {
          var size = row.getLong(1);
          var note = row.getString(2);
          sizes.add(size);
          unchecked(() -> entry("checkpoints/%020d.txt".formatted(size), note));
        },
        most);
    return sizes;
  }

  private void events() throws IOException {
    begin("events.jsonl");
    var expected = new long[1];
    each(
        "select l.index, l.event_id, " + EventRows.COLUMNS + LEAVES + condition() + " order by 1",
        row -> {
          if (project == null) {
            fill(expected, row.getLong(1), () -> line("{\"missing\":\"leaf\"}"));
          }
          var gone = row.getString(3) == null;
          line(gone ? "{\"missing\":\"" + row.getString(2) + "\"}" : EventRows.read(row, 3).leaf());
        },
        arguments());
    zip.closeEntry();
  }

  private void leaves() throws IOException {
    begin("leaves.bin");
    var expected = new long[1];
    each(
        "select index, hash from audit_leaf order by index",
        row -> {
          fill(expected, row.getLong(1), () -> bytes(NO_HASH));
          bytes(row.getBytes(2));
        });
    zip.closeEntry();
  }

  /** A hole left by a deleted leaf is shown as such, but not a million of them. */
  private static void fill(long[] expected, long index, Runnable hole) {
    if (index - expected[0] < 100_000) {
      for (; expected[0] < index; expected[0]++) {
        hole.run();
      }
    }
    expected[0] = index + 1;
  }

  private void proofs() throws IOException {
    begin("proofs.jsonl");
    var indexes =
        jdbc.queryForList(
            "select l.index" + LEAVES + condition() + " order by 1", Long.class, arguments());
    for (var index : indexes) {
      var path = index < size ? tree.inclusion(index, size) : List.<byte[]>of();
      line(CanonicalJson.write(Map.of("index", index, "proof", base64(path))));
    }
    zip.closeEntry();
  }

  private void consistency(List<Long> sizes) throws IOException {
    begin("consistency.jsonl");
    for (var from : sizes) {
      var proof = base64(tree.consistency(from, size));
      line(CanonicalJson.write(Map.of("from", from, "to", size, "proof", proof)));
    }
    zip.closeEntry();
  }

  private void payloads() throws IOException {
    begin("reasons.jsonl");
    each(
        "select e.id, p.salt, p.reason"
            + LEAVES
            + " join audit_payload p on p.event_id = e.id"
            + condition()
            + " order by l.index",
        row ->
            line(
                CanonicalJson.write(
                    Map.of(
                        "id", row.getString(1),
                        "salt", HexFormat.of().formatHex(row.getBytes(2)),
                        "reason", row.getString(3)))),
        arguments());
    zip.closeEntry();
  }

  /** A project's events, and the deployments of what governed them. */
  private String condition() {
    return project == null
        ? ""
        : " where (e.project = ? or e.project is null and e.action like 'deployment.%')";
  }

  private Object[] arguments() {
    return project == null ? new Object[0] : new Object[] {project};
  }

  private void each(String query, RowCallbackHandler row, Object... arguments) {
    jdbc.query(query, row, arguments);
  }

  private static List<String> base64(List<byte[]> hashes) {
    return hashes.stream().map(Base64Text::write).toList();
  }

  private void begin(String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
  }

  private void entry(String name, String content) throws IOException {
    begin(name);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private void line(String text) {
    bytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    unchecked(() -> zip.write(bytes));
  }

  @FunctionalInterface
  private interface Output {
    void write() throws IOException;
  }

  private static void unchecked(Output output) {
    try {
      output.write();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String readme() {
    return """
        Balsam audit bundle

        This archive proves what happened; nobody has to be trusted to check it.
          java -jar balsam.jar audit verify BUNDLE.zip --key VKEY --checkpoint OWN.txt
          python3 verify_audit.py BUNDLE.zip --key VKEY --checkpoint OWN.txt
        Take VKEY from a place that you trust, not from this archive, and keep the newest file of
        checkpoints/ for the next time: it shows then that nothing was rolled back.

        events.jsonl      one event per line in the order of the tree; the leaf is the line
                          without its line feed: SHA-256(0x00 || line)
        leaves.bin        32 bytes per event: the hashes that were sealed
        proofs.jsonl      in a project's bundle instead: RFC 6962 inclusion proof per line above
        consistency.jsonl in a project's bundle: proofs that the checkpoints are of one tree
        checkpoints/      C2SP tlog-checkpoint, signed as C2SP signed-note (Ed25519)
        vkey.txt          the public key, name+hash+base64
        reasons.jsonl     free text by people, personal data: an event's "reason" is
                          SHA-256(salt || text); an erased text is absent and proves nothing less
        files/            files whose sha256 an event names
        """;
  }
}
