package org.balsam.audit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.balsam.audit.format.CanonicalJson;
import org.balsam.audit.format.StrictJson;
import org.balsam.audit.format.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an export offline: first that it is what was sealed and signed, then that what happened
 * was allowed. The bundle is treated as hostile. Memory grows with decisions, not with events.
 */
public final class AuditVerifier {

  /**
   * What the reader brings along, from a place that they trust; null where they have nothing.
   *
   * @param policy a policy file; null takes the one that ships with Balsam
   * @param checkpoint an older checkpoint that the reader kept
   * @param key the log's public key, {@code name+hash+base64}; without it the bundle's own is used,
   *     which proves that the bundle is consistent, not who made it
   */
  public record Options(@Nullable Path policy, @Nullable Path checkpoint, @Nullable String key) {
    /** Nothing. */
    public static final Options NONE = new Options(null, null, null);
  }

  private static final int LONGEST_CHECKPOINT = 64 * 1024;

  private final Findings findings = new Findings();
  private final Bundle bundle;
  private final VerifierKey key;
  private final Checkpoints checkpoints;
  private final WriterNumbers writers = new WriterNumbers(findings);
  private final Meaning meaning;
  private final Attachments attachments;
  private long events;

  private AuditVerifier(Bundle bundle, Policy policy, Options options) throws IOException {
    this.bundle = bundle;
    this.key = key(bundle, options.key(), findings);
    this.checkpoints = Checkpoints.of(bundle, key, own(options.checkpoint()), findings);
    this.meaning = new Meaning(policy, findings);
    this.attachments = new Attachments(bundle, findings);
  }

  /**
   * Verifies a bundle.
   *
   * @throws IllegalArgumentException if there is no such file or an option cannot be used: the
   *     message says which and why
   */
  public static VerificationReport verify(Path file, Options options) {
    var policy = policy(options.policy());
    try (var bundle = Bundle.open(file)) {
      return new AuditVerifier(bundle, policy, options).verify();
    } catch (ZipException | Bundle.Malformed malformed) {
      return unreadable(file, malformed);
    } catch (NoSuchFileException absent) {
      throw new IllegalArgumentException("there is no file " + file, absent);
    } catch (IOException failure) {
      return unreadable(file, failure);
    }
  }

  private VerificationReport verify() throws IOException {
    var description = StrictJson.object(bundle.text("bundle.json").getBytes("UTF-8"));
    if (!"balsam-audit-bundle/1".equals(description.get("format"))) {
      throw new Bundle.Malformed("bundle.json does not say format balsam-audit-bundle/1");
    }
    var project = description.get("project");
    var whole = project == null;
    if (whole) {
      whole();
    } else {
      ofProject();
      findings.note(
          "this is the part of project "
              + project
              + ": that nothing of it was left out is not proven");
    }
    attachments.finish(Boolean.TRUE.equals(description.get("reasons")), whole);
    if (findings.isEmpty()) {
      if (whole) {
        writers.finish();
      }
      meaning.finish();
    } else {
      findings.note("separation of duties was not checked, because the events are not proven");
    }
    return new VerificationReport(
        true, events, checkpoints.size(), key.toString(), findings.all(), findings.notes());
  }

  private void whole() throws IOException {
    try (InputStream leaves = bundle.stream("leaves.bin")) {
      var tree = new WholeTree(checkpoints, leaves, findings);
      bundle.lines(
          "events.jsonl",
          checkpoints.size() + 1_000_000,
          (number, line) -> {
            events++;
            var event = read(number, line);
            tree.add(line, event.id());
            take(event);
          });
      tree.finish();
    }
  }

  private void ofProject() throws IOException {
    var proven = new ProvenEvents(bundle, checkpoints, findings);
    bundle.lines(
        "events.jsonl",
        checkpoints.size() + 1,
        (number, line) -> {
          events++;
          var event = read(proven.index(number), line);
          proven.add(number, line, event.id());
          meaning.add(event);
          attachments.add(event);
        });
    proven.finish(events);
  }

  private void take(Event event) {
    writers.add(event);
    meaning.add(event);
    attachments.add(event);
    if (event.is("action", "audit.row.foreign")) {
      findings.add(
          "row-foreign",
          event.index(),
          event.text("subject"),
          "this row was changed or inserted in the database before it was sealed; it is not part"
              + " of the trail");
    }
  }

  /** What cannot be read, or is not written in the one canonical way, has no fields. */
  private Event read(long index, byte[] line) {
    try {
      var fields = StrictJson.object(line);
      var canonical = CanonicalJson.write(fields).getBytes("UTF-8");
      if (!Arrays.equals(canonical, line)) {
        findings.add("not-canonical", index, null, "the line is not canonical JSON");
      } else if (fields.get("missing") instanceof String id) {
        findings.add("event-missing", index, id, "the event was deleted from the database");
        return new Event(index, Map.of("id", id));
      }
      return new Event(index, fields);
    } catch (IOException | IllegalArgumentException malformed) {
      findings.add("not-canonical", index, null, "the line is not canonical JSON");
      return new Event(index, Map.of());
    }
  }

  private static VerifierKey key(Bundle bundle, @Nullable String pinned, Findings findings)
      throws IOException {
    if (pinned != null) {
      try {
        return VerifierKey.parse(pinned);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("the given key: " + wrong.getMessage(), wrong);
      }
    }
    findings.note("the key was taken from the bundle itself; give --key to be sure who signed it");
    try {
      return VerifierKey.parse(bundle.text("vkey.txt"));
    } catch (IllegalArgumentException wrong) {
      throw new Bundle.Malformed("vkey.txt: " + wrong.getMessage());
    }
  }

  private static @Nullable String own(@Nullable Path checkpoint) {
    if (checkpoint == null) {
      return null;
    }
    try {
      if (Files.size(checkpoint) > LONGEST_CHECKPOINT) {
        throw new IllegalArgumentException(checkpoint + " is too large to be a checkpoint");
      }
      return Files.readString(checkpoint);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot read the checkpoint " + checkpoint, unreadable);
    }
  }

  private static Policy policy(@Nullable Path file) {
    try {
      return Policy.read(file);
    } catch (IOException | RuntimeException wrong) {
      throw new IllegalArgumentException(
          "cannot use the policy " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  private static VerificationReport unreadable(Path file, IOException failure) {
    var findings = new Findings();
    findings.add("bundle", file.getFileName() + ": " + failure.getMessage());
    return new VerificationReport(false, 0, 0, null, findings.all(), List.of());
  }
}
