package org.balsam.api;

import static org.balsam.kernel.Role.AUDITOR;
import static org.balsam.kernel.Role.METHODOLOGY;
import static org.balsam.kernel.Role.OWNER;
import static org.balsam.kernel.Role.PRODUCTION;
import static org.balsam.kernel.Role.QUALITY;
import static org.balsam.kernel.Role.RELEASE;
import static org.balsam.kernel.Role.STEWARD;
import static org.balsam.kernel.Role.SUBJECT;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who may call which route. A new route fails {@link RouteRoleMatrixTest} until it stands here, so
 * that somebody has thought about it.
 */
final class RouteFixture {

  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final String REASON = "{\"reason\":\"matrix\"}";
  private static final String EXPLORATION =
      "{\"title\":\"Matrix\",\"purpose\":\"Fill the matrix\",\"hardware\":\"gpu\","
          + "\"network\":\"offline\",\"endDate\":\"2020-01-01\"}";
  private static final String RULES =
      "{\"recurrence\":\"R/2030-01-15T07:00/P3M\",\"zone\":\"UTC\",\"frequency\":\"quarter\"}";

  private RouteFixture() {}

  /** Whom a route serves. */
  enum Access {
    /** Everybody, signed in or not. */
    OPEN,
    /** The page of the console: everybody who is signed in; others are led to the sign-in. */
    PAGE,
    /** What a page's form sends: nothing without the token of a session. */
    FORM,
    /** Everybody who is signed in, each their own part. */
    SIGNED_IN,
    /** People of the project in the path or behind the id. */
    PROJECT,
    /** Administrators of the platform. */
    PLATFORM
  }

  /**
   * A route.
   *
   * @param roles who of the project may
   * @param administrators whether administrators of the platform may, members or not
   * @param body what to send
   */
  record Route(
      String method,
      String pattern,
      Access access,
      Set<Role> roles,
      boolean administrators,
      @Nullable String body) {

    String key() {
      return method + " " + pattern;
    }

    boolean changes() {
      return !method.equals("GET");
    }

    Route admins() {
      return new Route(method, pattern, access, roles, true, body);
    }
  }

  static List<Route> all() {
    var p = "/api/v1/projects/{project}";
    return List.of(
        open("GET", "/login"),
        open("GET", "/error"),
        page("/"),
        page("/work"),
        page("/audit"),
        page("/audit/{id}"),
        page("/operations"),
        page("/templates"),
        page("/projects"),
        page("/tasks/{task}"),
        page("/projects/{project}"),
        page("/projects/{project}/rounds/{round}"),
        page("/launch/{template}"),
        new Route("POST", "/launch/{template}", Access.FORM, ALL, true, null),
        page("/projects/{project}/trainings"),
        page("/projects/{project}/trainings/{training}"),
        page("/projects/{project}/models/{model}"),
        page("/projects/{project}/explorations"),
        page("/projects/{project}/explorations/{exploration}"),
        new Route(
            "POST", "/api/v1/hooks/object-storage", Access.OPEN, ALL, true, "{\"Records\":[]}"),
        new Route("POST", "/api/v1/hooks/gitlab", Access.OPEN, ALL, true, "{}"),
        signedIn("/v3/api-docs"),
        signedIn("/v3/api-docs.yaml"),
        signedIn("/v3/api-docs/swagger-config"),
        signedIn("/swagger-ui.html"),
        signedIn("/api/v1/me"),
        signedIn("/api/v1/inbox"),
        signedIn("/api/v1/me/notices"),
        new Route("PUT", "/api/v1/me/notices", Access.SIGNED_IN, ALL, true, "{\"muted\":[]}"),
        read(p + "/notices"),
        write("PUT", p + "/notices", "{\"rules\":[]}", OWNER),
        administrators("GET", "/api/v1/platform/dead-letters"),
        administrators("POST", "/api/v1/platform/dead-letters/{letter}/retry"),
        signedIn("/api/v1/platform"),
        administrators("POST", "/api/v1/platform/checks"),
        administrators("GET", "/api/v1/platform/incidents"),
        administrators("POST", "/api/v1/platform/incidents/retry", "{\"incidents\":[\"x\"]}"),
        administrators("GET", "/api/v1/platform/storage"),
        signedIn("/api/v1/templates"),
        administrators("GET", "/api/v1/templates/refused"),
        signedIn("/api/v1/libraries"),
        signedIn("/api/v1/libraries/search"),
        signedIn("/api/v1/libraries/{library}"),
        signedIn("/api/v1/libraries/{library}/items"),
        signedIn("/api/v1/libraries/{library}/items/{item}"),
        signedIn("/api/v1/libraries/{library}/items/{item}/content"),
        signedIn("/api/v1/libraries/{library}/items/{item}/preview"),
        signedIn("/api/v1/libraries/{library}/offers"),
        administrators("POST", "/api/v1/libraries/{library}/refresh"),
        write(
            "POST",
            "/api/v1/libraries/{library}/items/{item}/copies",
            "{\"project\":\"emp-secret\",\"branch\":\"work/matrix\"}",
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        write(
            "POST",
            "/api/v1/libraries/{library}/offers",
            "{\"project\":\"emp-secret\",\"ref\":\"main\",\"path\":\"x\",\"kind\":\"article\","
                + "\"title\":\"Matrix\",\"text\":\"x\"}",
            OWNER,
            METHODOLOGY),
        signedIn("/api/v1/knowledge-libraries"),
        signedIn("/api/v1/knowledge-libraries/{library}/files"),
        signedIn("/api/v1/knowledge-libraries/{library}/files/{item}"),
        signedIn("/api/v1/project-templates"),
        signedIn("/api/v1/workspaces"),
        explore(
            "/api/v1/workspaces",
            "{\"name\":\"Matrix\",\"templateId\":\"jupyter-gpu\",\"projectId\":\"emp-secret\","
                + "\"branchId\":\"main\",\"endDate\":\"2020-01-01\"}"),
        write(
            "DELETE",
            "/api/v1/workspaces/{workspace}",
            null,
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        signedIn("/api/v1/projects"),
        new Route(
            "POST",
            "/api/v1/projects",
            Access.SIGNED_IN,
            ALL,
            true,
            "{\"id\":\"emp-secret\",\"name\":\"A name\",\"purpose\":\"x\",\"owner\":\"owner\","
                + "\"template\":\"statistical-production\",\"classification\":\"public\"}"),
        read(p).admins(),
        new Route("DELETE", p, Access.PROJECT, EnumSet.of(OWNER), true, null),
        write("POST", p + "/close", REASON, OWNER).admins(),
        read(p + "/closure").admins(),
        write("POST", p + "/closure/give-up", REASON, OWNER).admins(),
        read(p + "/closure/files").admins(),
        write(
            "POST",
            p + "/branches",
            "{\"name\":\"Matrix\",\"fromBranch\":\"nowhere\"}",
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        write("DELETE", p + "/branches/{branch}", null, OWNER, SUBJECT, METHODOLOGY, PRODUCTION),
        read(p + "/branches/{branch}/files"),
        write("PUT", p + "/branches/{branch}/files", null, OWNER, SUBJECT, METHODOLOGY, PRODUCTION),
        read(p + "/branches/{branch}/files/{fileId}"),
        write("PATCH", p, "{\"purpose\":\"matrix\"}", OWNER).admins(),
        new Route(
            "PUT",
            p + "/storage-quota",
            Access.PROJECT,
            EnumSet.noneOf(Role.class),
            true,
            "{\"bytes\":1000000000}"),
        read(p + "/workspace-quota").admins(),
        new Route(
            "PUT",
            p + "/workspace-quota",
            Access.PROJECT,
            EnumSet.noneOf(Role.class),
            true,
            "{\"workspaces\":100,\"gpus\":1}"),
        read(p + "/members").admins(),
        write("PUT", p + "/members/{person}", "{\"roles\":[\"methodology\"]}", OWNER).admins(),
        write("DELETE", p + "/members/{person}", null, OWNER).admins(),
        read(p + "/rounds"),
        write("POST", p + "/rounds", "{\"period\":\"1990-q2\"}", OWNER, SUBJECT, PRODUCTION),
        read(p + "/rounds/{round}"),
        read(p + "/rounds/{round}/bpmn"),
        read(p + "/rounds/{round}/course"),
        read(p + "/rounds/{round}/series"),
        read(p + "/rounds/{round}/timeline"),
        read(p + "/rounds/{round}/steps/{job}/log"),
        read(p + "/rounds/{round}/evidence"),
        read(p + "/rounds/{round}/outputs/{layer}/{name}/{file}"),
        write("POST", p + "/rounds/{round}/cancel", REASON, OWNER),
        write("POST", p + "/rounds/{round}/withdraw", REASON, OWNER, RELEASE),
        write(
            "POST",
            p + "/rounds/{round}/postpone",
            "{\"reason\":\"matrix\",\"releaseAt\":\"2040-01-01T00:00:00Z\"}",
            OWNER,
            RELEASE),
        write(
            "POST",
            p + "/rounds/{round}/revise",
            "{\"reason\":\"matrix\",\"type\":\"routine\"}",
            OWNER,
            SUBJECT,
            PRODUCTION),
        read(p + "/trainings"),
        write(
            "POST",
            p + "/trainings",
            "{\"model\":\"damage\",\"period\":\"1998\"}",
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        read(p + "/trainings/{training}"),
        read(p + "/trainings/{training}/awaited"),
        read(p + "/trainings/{training}/metrics"),
        read(p + "/trainings/{training}/evaluation"),
        read(p + "/trainings/{training}/timeline"),
        read(p + "/trainings/{training}/steps/{job}/log"),
        read(p + "/trainings/{training}/evidence"),
        write("POST", p + "/trainings/{training}/cancel", REASON, OWNER, METHODOLOGY, PRODUCTION),
        write(
            "POST",
            p + "/trainings/{training}/reproduce",
            null,
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION,
            QUALITY),
        write(
            "POST",
            p + "/models/{model}/drift",
            "{\"period\":\"1999\",\"psi\":{\"operator\":0.3}}",
            OWNER,
            METHODOLOGY,
            PRODUCTION),
        read(p + "/datasets"),
        read(p + "/deliverable-datasets"),
        write(
            "PUT",
            p + "/datasets/{layer}/{name}/objects/{file}",
            "month,nonfarm\n",
            OWNER,
            SUBJECT,
            PRODUCTION,
            STEWARD),
        read(p + "/datasets/{layer}/{name}/versions"),
        read(p + "/datasets/{layer}/{name}/versions/{version}"),
        read(p + "/datasets/{layer}/{name}/versions/{version}/files/{file}"),
        read(p + "/datasets/{layer}/{name}/versions/{version}/files/{file}/download"),
        read(p + "/datasets/{layer}/{name}/versions/{before}/diff/{after}"),
        write(
            "POST",
            p + "/datasets/{layer}/{name}/versions/{version}/restore",
            null,
            OWNER,
            STEWARD),
        read(p + "/models"),
        read(p + "/trainable-models"),
        read(p + "/models/{model}"),
        read(p + "/models/{model}/history"),
        read(p + "/models/{model}/versions"),
        read(p + "/models/{model}/versions/{version}"),
        read(p + "/models/{model}/versions/{version}/card"),
        read(p + "/models/{model}/versions/{version}/files/{file}"),
        read(p + "/models/{model}/versions/{version}/evidence/{file}"),
        write(
            "POST",
            p + "/models/{model}/rollback",
            REASON,
            OWNER,
            PRODUCTION,
            Role.QUALITY,
            SUBJECT,
            Role.METHODOLOGY),
        read(p + "/models/{model}/rollbacks"),
        read(p + "/models/{model}/rollbacks/{rollback}"),
        read(p + "/models/{model}/rollbacks/{rollback}/awaited"),
        read(p + "/schedules"),
        write(
            "POST",
            p + "/schedules",
            "{\"name\":\"another\",\"rules\":" + RULES + "}",
            OWNER,
            PRODUCTION),
        read(p + "/schedules/{name}"),
        read(p + "/schedules/{name}/next"),
        write("PATCH", p + "/schedules/{name}", "{\"leadDays\":3}", OWNER, PRODUCTION),
        write("POST", p + "/schedules/{name}/pause", REASON, OWNER, PRODUCTION),
        write("POST", p + "/schedules/{name}/resume", REASON, OWNER, PRODUCTION),
        write("DELETE", p + "/schedules/{name}", null, OWNER, PRODUCTION),
        read(p + "/explorations"),
        explore(p + "/explorations", EXPLORATION),
        read(p + "/explorations/{exploration}"),
        read(p + "/explorations/{exploration}/awaited"),
        read(p + "/explorations/{exploration}/archive"),
        write(
            "POST",
            p + "/explorations/{exploration}/renew",
            "{\"endDate\":\"2040-01-01\",\"reason\":\"matrix\"}",
            OWNER),
        explore(p + "/explorations/{exploration}/suspend", REASON),
        explore(p + "/explorations/{exploration}/resume", null),
        explore(p + "/explorations/{exploration}/end", null),
        read(p + "/workspaces"),
        read(p + "/workspaces/{workspace}"),
        read(p + "/workspaces/{workspace}/logs"),
        explore(p + "/workspaces/{workspace}/sign-in", null),
        write(
            "PUT",
            p + "/workspaces/{workspace}/shares/{person}",
            null,
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        write(
            "DELETE",
            p + "/workspaces/{workspace}/shares/{person}",
            null,
            OWNER,
            SUBJECT,
            METHODOLOGY,
            PRODUCTION),
        signedIn("/api/v1/tasks"),
        read("/api/v1/tasks/{id}").admins(),
        write("POST", "/api/v1/tasks/{id}/claim", null, OWNER, SUBJECT),
        write("POST", "/api/v1/tasks/{id}/unclaim", null, OWNER, Role.values()).admins(),
        write(
            "POST",
            "/api/v1/tasks/{id}/complete",
            "{\"variables\":{\"inputsDecision\":\"cancel\",\"inputsReason\":\"matrix\"}}",
            OWNER,
            SUBJECT),
        signedIn("/api/v1/audit/events"),
        signedIn("/api/v1/audit/events/stream"),
        read("/api/v1/audit/events/{id}").admins(),
        read("/api/v1/audit/events/{id}/proof").admins(),
        signedIn("/api/v1/audit/checkpoints"),
        signedIn("/api/v1/audit/checkpoints/{size}"),
        signedIn("/api/v1/audit/checkpoints/{size}/consistency"),
        new Route(
            "GET", "/api/v1/audit/export", Access.PROJECT, EnumSet.of(AUDITOR, OWNER), true, null));
  }

  private static Route open(String method, String pattern) {
    return new Route(method, pattern, Access.OPEN, ALL, true, null);
  }

  private static Route page(String pattern) {
    return new Route("GET", pattern, Access.PAGE, ALL, true, null);
  }

  private static Route signedIn(String pattern) {
    return new Route("GET", pattern, Access.SIGNED_IN, ALL, true, null);
  }

  private static Route administrators(String method, String pattern) {
    return administrators(method, pattern, null);
  }

  private static Route administrators(String method, String pattern, @Nullable String body) {
    return new Route(method, pattern, Access.PLATFORM, EnumSet.noneOf(Role.class), true, body);
  }

  /** For who explores. */
  private static Route explore(String pattern, @Nullable String body) {
    return write("POST", pattern, body, OWNER, SUBJECT, METHODOLOGY, PRODUCTION);
  }

  private static Route read(String pattern) {
    return new Route("GET", pattern, Access.PROJECT, ALL, false, null);
  }

  private static Route write(
      String method, String pattern, @Nullable String body, Role first, Role... more) {
    return new Route(method, pattern, Access.PROJECT, EnumSet.of(first, more), false, body);
  }
}
