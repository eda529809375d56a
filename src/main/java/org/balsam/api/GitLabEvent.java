package org.balsam.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.ReportForgeEvent.Command;
import org.balsam.usecase.project.ReportForgeEvent.What;
import org.jspecify.annotations.Nullable;

/**
 * What Balsam reads of an event of GitLab. Messages, titles and lists of files are skipped, however
 * long they are: whoever writes them must not be able to hide what they did.
 *
 * @param before the id that a branch or tag pointed at; zeros when it is new
 * @param after the id that it points at now; zeros when it is gone
 * @param checkout the commit, also where {@code after} is a tag
 * @param pusher the user name of who pushed
 * @param user who changed a merge request
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GitLabEvent(
    @JsonProperty("object_kind") @Nullable String kind,
    @Nullable String ref,
    @Nullable String before,
    @Nullable String after,
    @JsonProperty("checkout_sha") @Nullable String checkout,
    @JsonProperty("user_username") @Nullable String pusher,
    @Nullable User user,
    @Nullable Project project,
    @JsonProperty("object_attributes") @Nullable MergeRequest request) {

  private static final Set<String> ACTIONS =
      Set.of("open", "reopen", "update", "approved", "unapproved", "close", "merge");
  private static final ObjectReader READER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxStringLength(20_000)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .readerFor(GitLabEvent.class);

  /** Who did it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record User(@Nullable String username) {}

  /** Where. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Project(@JsonProperty("path_with_namespace") @Nullable String path) {}

  /** A merge request. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MergeRequest(
      long iid,
      @Nullable String action,
      @JsonProperty("source_branch") @Nullable String source,
      @JsonProperty("target_branch") @Nullable String target,
      @JsonProperty("merge_commit_sha") @Nullable String merged) {}

  /**
   * Reads it; empty for JSON that is {@code null}.
   *
   * @throws Invalid for anything that is not such JSON
   */
  static Optional<GitLabEvent> read(InputStream body) throws IOException {
    try {
      return Optional.ofNullable(READER.readValue(body));
    } catch (JsonProcessingException malformed) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "body", "is not an event as GitLab writes it");
    }
  }

  /** The path of the project; empty where none is named. */
  String path() {
    return project == null || project.path == null ? "" : project.path;
  }

  /** What it says, as nobody's word but the server's; empty for what Balsam does not follow. */
  Optional<Command> command(UUID event, ProjectId of) {
    return switch (String.valueOf(kind)) {
      case "push" -> pushed(event, of, What.PUSHED, "refs/heads/");
      case "tag_push" -> pushed(event, of, What.TAGGED, "refs/tags/");
      case "merge_request" -> merge(event, of);
      default -> Optional.empty();
    };
  }

  private Optional<Command> pushed(UUID event, ProjectId of, What what, String prefix) {
    if (ref == null || !ref.startsWith(prefix)) {
      return Optional.empty();
    }
    var facts = new TreeMap<String, String>();
    put(facts, "before", before);
    put(facts, "after", after);
    put(facts, "commit", checkout);
    put(facts, "by", pusher);
    return Optional.of(
        new Command(event, of, what, HiddenText.shown(ref.substring(prefix.length())), facts));
  }

  private Optional<Command> merge(UUID event, ProjectId of) {
    if (request == null || request.source == null || !ACTIONS.contains(request.action)) {
      return Optional.empty();
    }
    var facts = new TreeMap<String, String>();
    put(facts, "request", String.valueOf(request.iid));
    put(facts, "change", request.action);
    put(facts, "into", request.target);
    put(facts, "commit", request.merged);
    put(facts, "by", user == null ? null : user.username);
    return Optional.of(new Command(event, of, What.MERGE, HiddenText.shown(request.source), facts));
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, HiddenText.shown(value));
    }
  }
}
