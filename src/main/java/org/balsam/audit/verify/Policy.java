package org.balsam.audit.verify;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who must have agreed before something took effect.
 *
 * @param rules one per kind of effect
 */
record Policy(String format, List<Rule> rules) {

  private static final String FORMAT = "balsam-audit-policy/1";
  private static final int LIMIT = 1024 * 1024;

  /**
   * @param effect action of the event that needs approvals; its details name them in {@code
   *     approvals} and what was approved in {@code evidence}
   * @param approvals by name, what must have been decided
   * @param authors completions of tasks that make their actor an author of the result
   * @param distinct pairs of names (of approvals, or {@code authors}) that share no person
   * @param evidence names of approvals that must carry the effect's evidence hash; any other may
   */
  record Rule(
      String effect,
      Map<String, Task> approvals,
      List<Task> authors,
      List<List<String>> distinct,
      List<String> evidence) {

    Rule {
      approvals = Map.copyOf(Objects.requireNonNull(approvals, "'approvals' is missing"));
      authors = authors == null ? List.of() : List.copyOf(authors);
      distinct = distinct == null ? List.of() : List.copyOf(distinct);
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
      for (var pair : distinct) {
        if (pair.size() != 2) {
          throw new IllegalArgumentException("'distinct' holds pairs of names");
        }
        for (var name : pair) {
          if (!name.equals("authors") && !approvals.containsKey(name)) {
            throw new IllegalArgumentException("'distinct' names the unknown '" + name + "'");
          }
        }
      }
    }
  }

  /**
   * What a person did: unless {@code action} says otherwise, the completion of a user task.
   *
   * @param action of the event; null means a completed task
   * @param activity id of the task; null, which a completed task cannot have, means any
   * @param decisions allowed values of the decision; null means any
   */
  record Task(
      @Nullable String action, @Nullable String activity, @Nullable List<String> decisions) {

    private static final String COMPLETED = "task.completed";

    Task {
      if (action == null) {
        action = COMPLETED;
      }
      if (activity == null && action.equals(COMPLETED)) {
        throw new IllegalArgumentException("'activity' is missing");
      }
    }

    boolean matches(Event event) {
      return event.is("action", action)
          && event.isDone()
          && (activity == null || event.is("activity", activity))
          && (decisions == null || decisions.contains(event.detailText("decision")));
    }
  }

  Policy {
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException("'format' must be '" + FORMAT + "'");
    }
    rules = List.copyOf(Objects.requireNonNull(rules, "'rules' is missing"));
  }

  /** Whether an event can be an approval or make somebody an author. */
  boolean concerns(Event event) {
    return rules.stream()
        .flatMap(rule -> Stream.concat(rule.approvals().values().stream(), rule.authors().stream()))
        .anyMatch(task -> event.is("action", task.action()));
  }

  static Policy read(@Nullable Path file) throws IOException {
    if (file != null && Files.size(file) > LIMIT) {
      throw new IOException("the policy is larger than " + LIMIT + " bytes");
    }
    try (var in = file == null ? standard() : Files.newInputStream(file)) {
      return JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readValue(in, Policy.class);
    }
  }

  private static InputStream standard() {
    return Objects.requireNonNull(Policy.class.getResourceAsStream("policy.json"));
  }
}
