package org.balsam.usecase.round;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepRecord;
import org.erdtman.jcs.JsonCanonicalizer;
import org.springframework.stereotype.Component;

/**
 * The facts that approvals are bound to, as canonical JSON (RFC 8785): commit, inputs, models, step
 * specifications, outputs and check verdicts of one run. What people say of the verdicts is not
 * among them. Their sha256 is the round's evidence.
 */
@Component
class EvidenceFacts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StepBook book;
  private final CheckRepository checks;

  EvidenceFacts(StepBook book, CheckRepository checks) {
    this.book = book;
    this.checks = checks;
  }

  byte[] of(RunEntity run) {
    var facts = new TreeMap<String, Object>();
    facts.put("format", "balsam round evidence, version 1");
    facts.put("round", run.round);
    facts.put("run", run.number);
    facts.put("commit", run.commitId);
    facts.put("inputs", run.inputs().sha256().value());
    if (!run.models().isEmpty()) {
      facts.put("models", run.models());
    }
    facts.put("steps", steps(run));
    facts.put("outputs", outputs(run));
    facts.put("checks", checks(run));
    return canonical(facts);
  }

  private List<Map<String, String>> steps(RunEntity run) {
    return book.steps(run.id).stream()
        .map(step -> Map.of("job", step.job().value(), "spec", specification(step)))
        .toList();
  }

  private static String specification(StepRecord step) {
    var spec = Objects.requireNonNull(step.spec(), "a step that was submitted has a specification");
    return Manifest.Reference.parse(spec).sha256().value();
  }

  private List<Map<String, String>> outputs(RunEntity run) {
    return book.outputs(run.id).stream()
        .map(
            output ->
                Map.of(
                    "dataset", output.dataset(),
                    "bucket", output.bucket().value(),
                    "key", output.key(),
                    "version", output.versionId(),
                    "sha256", output.sha256().value()))
        .toList();
  }

  private List<Map<String, String>> checks(RunEntity run) {
    return checks.findByRunOrderByPositionAsc(run.id).stream()
        .map(
            check ->
                Map.of(
                    "check", check.name,
                    "scope", check.scope,
                    "value", check.valueText(),
                    "threshold", check.threshold.stripTrailingZeros().toPlainString(),
                    "severity", check.severity.value(),
                    "verdict", check.verdict.value()))
        .toList();
  }

  private static byte[] canonical(Map<String, Object> facts) {
    try {
      return new JsonCanonicalizer(JSON.writeValueAsString(facts)).getEncodedUTF8();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("facts are strings and integers", impossible);
    } catch (IOException impossible) {
      throw new IllegalStateException("Jackson writes valid JSON", impossible);
    }
  }
}
