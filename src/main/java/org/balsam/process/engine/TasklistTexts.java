package org.balsam.process.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The English texts of Tasklist, some in other words: of an answer that a form or a rule refuses
 * the original says that an error has happened.
 */
final class TasklistTexts extends OncePerRequestFilter {

  static final String PATH = "/camunda/app/tasklist/locales/en.json";

  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "COMPLETE_ERROR", "The task is not completed",
          "CLAIM_ERROR", "The task is not claimed",
          "UNCLAIM_ERROR", "The task is not given back",
          "ASSIGNED_ERROR", "The task is not assigned",
          "NO_MATCHING_TASK", "There is no task here now.",
          "SEARCH_PLACEHOLDER", "Search");

  private final byte[] texts;

  TasklistTexts() {
    try (var original =
        new ClassPathResource("META-INF/resources/webjars" + PATH).getInputStream()) {
      var mapper = new ObjectMapper();
      var all = (ObjectNode) mapper.readTree(original);
      var labels = (ObjectNode) all.path("labels");
      OTHER_WORDS.forEach(labels::put);
      texts = mapper.writeValueAsBytes(all);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the texts of Tasklist are not readable", unreadable);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    response.setContentType("application/json;charset=UTF-8");
    response.setHeader("Cache-Control", "private, max-age=300");
    response.setContentLength(texts.length);
    response.getOutputStream().write(texts);
  }
}
