package org.balsam.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the console's pages ask for until they show their first content, and just after. */
final class FirstContent {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROJECT = "/projects/emp-industry";

  private FirstContent() {}

  /** The requests of each page, with the ids that this server has. */
  static Map<String, List<String>> of(FilledServer server) throws Exception {
    var pages = new LinkedHashMap<String, List<String>>();
    pages.put("any page, once", List.of("/me"));
    pages.put("my work", work(server));
    pages.put("as many tasks on both sides", List.of("/tasks?limit=5"));
    pages.put("projects", List.of("/projects?limit=50"));
    pages.put("project with its calendar", project(server));
    pages.put(
        "the rest of a project",
        List.of(
            PROJECT + "/datasets?limit=50",
            PROJECT + "/models?limit=50",
            PROJECT + "/members?limit=50"));
    var waiting = newest(server, "review");
    var closed = newest(server, "closed");
    pages.put("round that waits", round(waiting));
    pages.put("round that is closed", round(closed));
    var released = PROJECT + "/rounds/" + FilledServer.FINISHED;
    pages.put(
        "the rest of a closed round",
        List.of(released + "/bpmn", released + "/series?periods=20&vintages=2"));
    return pages;
  }

  private static List<String> work(FilledServer server) throws Exception {
    var tasks = "/tasks?limit=50";
    var requests = new ArrayList<>(List.of(tasks));
    var projects = new LinkedHashSet<String>();
    items(server, tasks).forEach(task -> projects.add(task.path("project").asText()));
    projects.forEach(project -> requests.add("/projects/" + project + "/members?limit=200"));
    return requests;
  }

  private static List<String> project(FilledServer server) throws Exception {
    var schedules = PROJECT + "/schedules";
    var requests =
        new ArrayList<>(
            List.of(
                PROJECT,
                schedules + "?limit=50",
                PROJECT + "/trainable-models",
                PROJECT + "/members?limit=200"));
    for (var schedule : items(server, schedules + "?limit=50")) {
      if (schedule.path("state").asText().equals("active")) {
        var name = schedule.path("id").asText().substring("emp-industry/".length());
        requests.add(schedules + "/" + name + "/next?count=4");
      }
    }
    requests.add(PROJECT + "/rounds?limit=100");
    return requests;
  }

  private static String newest(FilledServer server, String state) throws Exception {
    var found = items(server, PROJECT + "/rounds?limit=1&state=" + state);
    return found.path(0).path("id").asText();
  }

  private static List<String> round(String id) {
    var members = PROJECT + "/members?limit=200";
    var round = PROJECT + "/rounds/" + id;
    return List.of(PROJECT, members, round, round + "/course", "/tasks?subject=" + id + "&limit=50");
  }

  private static JsonNode items(FilledServer server, String path) throws Exception {
    return JSON.readTree(server.read(path)).path("items");
  }
}
