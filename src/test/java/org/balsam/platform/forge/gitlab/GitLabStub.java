package org.balsam.platform.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;

/**
 * Behaves as a GitLab server does in the calls that Balsam makes: keeps groups, projects, members,
 * protection, tokens and merge requests, serves real Git over HTTP, and keeps its rules: what an
 * account may not see is 404, paths ignore capitals, an old path leads to what moved away,
 * protected branches and tags bind pushes. Requests that GitLab would not take are refused and
 * noted.
 */
public final class GitLabStub implements AutoCloseable {

  /** Balsam's token; others can be added. */
  public static final String TOKEN = "glpat-balsam-0123456789abcdef";

  /** The group that is Balsam's. */
  public static final String ROOT = "nsi/production";

  private static final int OWNER = 50;

  private final Tomcat tomcat = new Tomcat();
  private volatile Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final RequestRules rules = new RequestRules();
  private final AtomicLong ids = new AtomicLong(100);
  private final AtomicLong requests = new AtomicLong();
  private final Map<Long, Group> groups = new TreeMap<>();
  private final Map<Long, Project> projects = new TreeMap<>();
  private final Map<Long, String> users = new TreeMap<>();
  private final Map<String, Long> accounts = new TreeMap<>();
  private final Map<String, Project> moved = new TreeMap<>();
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> violations = new ArrayList<>();
  private final GitLabEvents events = new GitLabEvents();
  private boolean marksDeletions;

  /** A group. */
  static final class Group {
    long id;
    String path = "";
    String description = "";
    boolean marked;
    final Map<Long, Integer> members = new TreeMap<>();
  }

  /** A project. */
  static final class Project {
    long id;
    Group group = new Group();
    String path = "";
    boolean marked;
    List<String> topics = List.of();
    final Map<String, int[]> branches = new TreeMap<>();
    final Map<String, Integer> tags = new TreeMap<>();
    final List<Token> tokens = new ArrayList<>();
    final List<ObjectNode> requests = new ArrayList<>();
    final List<Hook> hooks = new ArrayList<>();

    String fullPath() {
      return group.path + "/" + path;
    }
  }

  /** An access token of a project. */
  static final class Token {
    long id;
    String name = "";
    String secret = "";
    String expires = "";
    int level;
    List<String> scopes = List.of();
    boolean revoked;
  }

  /** An address that is told of what happens in a project. */
  static final class Hook {
    long id;
    String url = "";
    String token = "";
  }

  private record Fault(Predicate<String> call, int status, String retryAfter, boolean endless) {}

  public GitLabStub(Path folder) throws IOException, LifecycleException {
    this.folder = folder;
    reset(folder);
    tomcat.setBaseDir(Files.createDirectories(folder.resolve("tomcat")).toString());
    tomcat.setPort(0);
    tomcat.setSilent(true);
    var connector = tomcat.getConnector();
    connector.setParseBodyMethods("POST,PUT");
    connector.setEncodedSolidusHandling("passthrough");
    connector.setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "api", new Api());
    context.addServletMappingDecoded("/api/v4/*", "api");
    Tomcat.addServlet(context, "git", git());
    context.addServletMappingDecoded("/*", "git");
    var filter = new FilterDef();
    filter.setFilterName("basic");
    filter.setFilter(new Basic());
    context.addFilterDef(filter);
    var mapping = new FilterMap();
    mapping.setFilterName("basic");
    mapping.addServletName("git");
    context.addFilterMap(mapping);
    tomcat.start();
  }

  /** Forgets everything; repositories are below another folder from now on. */
  public synchronized void reset(Path repositories) throws IOException {
    folder = Files.createDirectories(repositories);
    groups.clear();
    projects.clear();
    users.clear();
    accounts.clear();
    moved.clear();
    faults.clear();
    violations.clear();
    marksDeletions = false;
    user("balsam", TOKEN);
    group(ROOT, "The projects of the institute").members.put(accounts.get(TOKEN), OWNER);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  /** What it tells its webhooks by. */
  public GitLabEvents events() {
    return events;
  }

  /** Adds an account. */
  public synchronized void user(String name, String token) {
    var id = ids.incrementAndGet();
    users.put(id, name);
    accounts.put(token, id);
  }

  synchronized void forgetToken(String token) {
    accounts.remove(token);
  }

  /** Another token of Balsam's account. */
  synchronized void exchangeToken(String before, String after) {
    accounts.put(after, accounts.remove(before));
  }

  /** Gives an account a level in a group. */
  public synchronized void give(String group, String token, int level) {
    groups.values().stream()
        .filter(known -> known.path.equals(group))
        .forEach(known -> known.members.put(accounts.get(token), level));
  }

  /** The members of a group by name, with their levels. */
  synchronized Map<String, Integer> members(String group) {
    var members = new TreeMap<String, Integer>();
    groups.values().stream()
        .filter(known -> known.path.equals(group))
        .forEach(known -> known.members.forEach((id, level) -> members.put(users.get(id), level)));
    return members;
  }

  /** How many tokens of projects open anything. */
  public synchronized long openTokens() {
    return tokens(false);
  }

  /** How many tokens of projects were made and revoked. */
  public synchronized long revokedTokens() {
    return tokens(true);
  }

  private long tokens(boolean revoked) {
    return projects.values().stream()
        .flatMap(project -> project.tokens.stream())
        .filter(token -> token.revoked == revoked)
        .count();
  }

  synchronized Group group(String path, String description) {
    var group = new Group();
    group.id = ids.incrementAndGet();
    group.path = path;
    group.description = description;
    groups.put(group.id, group);
    return group;
  }

  synchronized Project project(Group group, String path, List<String> topics) throws IOException {
    var project = new Project();
    project.id = ids.incrementAndGet();
    project.group = group;
    project.path = path;
    project.topics = topics;
    projects.put(project.id, project);
    try (var git =
        new FileRepositoryBuilder().setBare().setGitDir(repository(project).toFile()).build()) {
      git.create(true);
      git.updateRef("HEAD").link("refs/heads/main");
    }
    return project;
  }

  synchronized Optional<Project> project(String path) {
    return projects.values().stream()
        .filter(project -> project.fullPath().equalsIgnoreCase(path))
        .findFirst()
        .or(() -> Optional.ofNullable(moved.get(path)));
  }

  /** Gives a project another path; the old one leads to it. */
  synchronized void move(Project project, Group group) {
    moved.put(project.fullPath(), project);
    project.group = group;
  }

  Path repository(Project project) {
    return folder.resolve(project.id + ".git");
  }

  void fail(String callPart, int status, int times) {
    fail(callPart, status, times, "");
  }

  void fail(String callPart, int status, int times, String retryAfter) {
    for (var i = 0; i < times; i++) {
      faults.add(new Fault(call -> call.contains(callPart), status, retryAfter, false));
    }
  }

  /** Lists of these calls are full on every page. */
  void makeEndless(String callPart) {
    faults.add(new Fault(call -> call.contains(callPart), 0, "", true));
  }

  /** Deletions only mark, as current versions of GitLab do. */
  void markDeletions() {
    marksDeletions = true;
  }

  long requests() {
    return requests.get();
  }

  /** Requests that GitLab would not have taken. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() throws LifecycleException {
    events.close();
    tomcat.stop();
    tomcat.destroy();
  }

  private synchronized Optional<Long> account(String secret) {
    return Optional.ofNullable(accounts.get(secret));
  }

  /** The level of an account in a group, its own and what it has above. */
  private int level(long user, Group group) {
    return groups.values().stream()
        .filter(above -> (group.path + "/").startsWith(above.path + "/"))
        .mapToInt(above -> above.members.getOrDefault(user, 0))
        .max()
        .orElse(0);
  }

  // ---- Git

  private GitServlet git() {
    var servlet = new GitServlet();
    servlet.setRepositoryResolver(
        (request, name) -> {
          var project = (Project) request.getAttribute("project");
          try {
            return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(repository(project).toFile())
                .setMustExist(true)
                .build();
          } catch (IOException gone) {
            throw new org.eclipse.jgit.errors.RepositoryNotFoundException(name);
          }
        });
    servlet.setUploadPackFactory((request, git) -> new UploadPack(git));
    servlet.setReceivePackFactory(this::receive);
    return servlet;
  }

  private ReceivePack receive(HttpServletRequest request, Repository git)
      throws ServiceNotEnabledException {
    var level = (int) request.getAttribute("level");
    if (level < 30) {
      throw new ServiceNotEnabledException();
    }
    var project = (Project) request.getAttribute("project");
    var receive = new ReceivePack(git);
    receive.setPreReceiveHook(
        (pack, commands) -> commands.forEach(command -> judge(project, level, command)));
    var pusher = String.valueOf(request.getAttribute("user"));
    receive.setPostReceiveHook(
        (pack, commands) ->
            commands.forEach(command -> events.pushed(hooks(project), project, pusher, command)));
    return receive;
  }

  private synchronized List<Hook> hooks(Project project) {
    return List.copyOf(project.hooks);
  }

  private synchronized void judge(Project project, int level, ReceiveCommand command) {
    var name = command.getRefName();
    var needed = 30;
    if (name.startsWith("refs/heads/")) {
      needed = needed(project.branches.entrySet(), name.substring(11), levels -> levels[0]);
    } else if (name.startsWith("refs/tags/")) {
      needed = needed(project.tags.entrySet(), name.substring(10), level2 -> level2);
    }
    if (level < needed) {
      command.setResult(
          ReceiveCommand.Result.REJECTED_OTHER_REASON, "pre-receive hook declined: protected");
    }
    if (command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD
        || command.getType() == ReceiveCommand.Type.DELETE && needed > 30) {
      command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "protected from rewriting");
    }
  }

  /** Of several rules that match, the most generous counts. */
  private static <T> int needed(
      java.util.Set<Map.Entry<String, T>> rules,
      String name,
      java.util.function.ToIntFunction<T> level) {
    return rules.stream()
        .filter(rule -> name.matches(rule.getKey().replace("*", ".*")))
        .mapToInt(rule -> level.applyAsInt(rule.getValue()))
        .min()
        .orElse(30);
  }

  /** Git offers a password only when it is asked for one. */
  private final class Basic extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      requests.incrementAndGet();
      var fault = take("GIT " + request.getRequestURI());
      if (fault.isPresent()) {
        response.sendError(fault.get().status());
        return;
      }
      var secret = password(request.getHeader("Authorization"));
      var path = request.getRequestURI().replaceAll("^/(.*)\\.git/.*$", "$1");
      synchronized (GitLabStub.this) {
        var project = project(path).filter(found -> !found.marked);
        var level = secret.map(known -> gitLevel(known, project)).orElse(-1);
        if (level < 0) {
          response.setHeader("WWW-Authenticate", "Basic realm=\"GitLab\"");
          response.sendError(401);
          return;
        }
        if (project.isEmpty() || level < 20) {
          response.sendError(404);
          return;
        }
        request.setAttribute("project", project.get());
        request.setAttribute("level", level);
        request.setAttribute("user", account(secret.orElse("")).map(users::get).orElse("bot"));
      }
      chain.doFilter(request, response);
    }

    private int gitLevel(String secret, Optional<Project> project) {
      var account = account(secret);
      if (account.isPresent()) {
        return project.map(found -> level(account.get(), found.group)).orElse(0);
      }
      var token =
          projects.values().stream()
              .flatMap(found -> found.tokens.stream())
              .filter(known -> known.secret.equals(secret) && !known.revoked)
              .findFirst();
      if (token.isEmpty()) {
        return -1;
      }
      var own = project.filter(found -> found.tokens.contains(token.get()));
      return own.isEmpty() || !token.get().scopes.contains("read_repository") ? 0 : 20;
    }

    private static Optional<String> password(String header) {
      if (header == null || !header.startsWith("Basic ")) {
        return Optional.empty();
      }
      var pair =
          new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    }
  }

  private Optional<Fault> take(String call) {
    for (var fault : faults) {
      if (fault.call().test(call) && (fault.endless() || faults.remove(fault))) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  // ---- REST

  private record Answer(int status, JsonNode body) {}

  private final class Api extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      requests.incrementAndGet();
      var path = new ArrayList<String>();
      for (var part : request.getRequestURI().substring("/api/v4/".length()).split("/")) {
        path.add(URLDecoder.decode(part, StandardCharsets.UTF_8));
      }
      var call = request.getMethod() + " " + String.join("/", path) + query(request);
      var fault = take(call);
      if (fault.isPresent() && !fault.get().endless()) {
        if (!fault.get().retryAfter().isEmpty()) {
          response.setHeader("Retry-After", fault.get().retryAfter());
        }
        write(response, message(fault.get().status(), "made to fail"));
        return;
      }
      Answer answer;
      synchronized (GitLabStub.this) {
        var account = account(String.valueOf(request.getHeader("PRIVATE-TOKEN")));
        var wrong = rules.violation(request.getMethod(), path, request.getParameterMap());
        wrong.ifPresent(violations::add);
        answer =
            account.isEmpty()
                ? message(401, "401 Unauthorized")
                : wrong.isPresent()
                    ? message(400, wrong.get())
                    : new Session(request, path, account.get()).answer();
      }
      if (fault.isPresent() && answer.body().isArray()) {
        var full = JsonNodeFactory.instance.arrayNode();
        for (var i = 0; i < 100; i++) {
          full.addObject().put("id", i + 1).put("username", "user" + i).put("name", "n" + i);
        }
        answer = new Answer(200, full);
      }
      write(response, answer);
    }

    private String query(HttpServletRequest request) {
      return request.getQueryString() == null ? "" : "?" + request.getQueryString();
    }

    private void write(HttpServletResponse response, Answer answer) throws IOException {
      response.setStatus(answer.status());
      if (answer.status() != 204) {
        response.setContentType("application/json");
        response.getOutputStream().write(json.writeValueAsBytes(answer.body()));
      }
    }
  }

  private static Answer message(int status, String text) {
    return new Answer(status, JsonNodeFactory.instance.objectNode().put("message", text));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** One request of one account. */
  private final class Session {
    private final HttpServletRequest request;
    private final List<String> path;
    private final long user;

    Session(HttpServletRequest request, List<String> path, long user) {
      this.request = request;
      this.path = path;
      this.user = user;
    }

    private String text(String name) {
      return request.getParameter(name);
    }

    private int number(String name) {
      return Integer.parseInt(text(name));
    }

    Answer answer() throws IOException {
      return switch (path.get(0)) {
        case "user" -> new Answer(200, user(user));
        case "users" ->
            page(
                users.keySet().stream()
                    .filter(id -> users.get(id).equalsIgnoreCase(text("username")))
                    .map(this::user)
                    .toList());
        case "personal_access_tokens" -> new Answer(200, self());
        case "groups" -> path.size() == 1 ? createGroup() : inGroup();
        default -> path.size() == 1 ? createProject() : inProject();
      };
    }

    private ObjectNode self() {
      var token = object().put("id", 1).put("name", "balsam").put("active", true);
      token.put("expires_at", "2099-12-31").putArray("scopes").add("api");
      return token;
    }

    private ObjectNode user(long id) {
      return object().put("id", id).put("username", users.get(id)).put("state", "active");
    }

    private Answer page(List<? extends JsonNode> all) {
      var page = text("page") == null ? 1 : number("page");
      var size = text("per_page") == null ? 20 : Math.min(100, number("per_page"));
      var array = JsonNodeFactory.instance.arrayNode();
      all.stream().skip((page - 1L) * size).limit(size).forEach(array::add);
      return new Answer(200, array);
    }

    private Answer createGroup() {
      var parent = groups.get((long) number("parent_id"));
      if (parent == null || level(user, parent) < 40) {
        return message(403, "403 Forbidden");
      }
      var full = parent.path + "/" + text("path");
      if (groups.values().stream().anyMatch(group -> group.path.equalsIgnoreCase(full))) {
        return new Answer(
            400,
            object().put("message", "Failed to save group {:path=>[\"has already been taken\"]}"));
      }
      var group = group(full, text("description"));
      group.members.put(user, OWNER);
      return new Answer(201, json(group));
    }

    private ObjectNode json(Group group) {
      var node = object().put("id", group.id).put("full_path", group.path);
      node.put("path", group.path.substring(group.path.lastIndexOf('/') + 1));
      node.put("description", group.description);
      return group.marked ? node.put("marked_for_deletion_on", "2026-11-21") : node;
    }

    private Answer inGroup() {
      var id = path.get(1);
      var found =
          groups.values().stream()
              .filter(group -> id.equals("" + group.id) || group.path.equalsIgnoreCase(id))
              .filter(group -> level(user, group) > 0)
              .findFirst();
      if (found.isEmpty()) {
        return message(404, "404 Group Not Found");
      }
      var group = found.get();
      if (path.size() > 2) {
        return path.get(2).equals("projects")
            ? page(
                projects.values().stream().filter(p -> p.group == group).map(this::json).toList())
            : members(group);
      }
      if (request.getMethod().equals("DELETE")) {
        if (level(user, group) < OWNER) {
          return message(403, "403 Forbidden");
        }
        if (marksDeletions && !group.marked) {
          group.marked = true;
        } else {
          groups.remove(group.id);
        }
        return message(202, "202 Accepted");
      }
      return new Answer(200, json(group));
    }

    private Answer members(Group group) {
      if (!request.getMethod().equals("GET") && level(user, group) < OWNER) {
        return message(403, "403 Forbidden");
      }
      switch (request.getMethod()) {
        case "GET" -> {
          return page(group.members.keySet().stream().map(id -> member(group, id)).toList());
        }
        case "POST" -> {
          if (group.members.putIfAbsent((long) number("user_id"), number("access_level")) != null) {
            return message(409, "Member already exists");
          }
          return new Answer(201, member(group, number("user_id")));
        }
        case "PUT" -> {
          group.members.put(Long.valueOf(path.get(3)), number("access_level"));
          return new Answer(200, member(group, Long.parseLong(path.get(3))));
        }
        default -> {
          return group.members.remove(Long.valueOf(path.get(3))) == null
              ? message(404, "404 Not found")
              : new Answer(204, object());
        }
      }
    }

    private ObjectNode member(Group group, long id) {
      return user(id).put("access_level", group.members.get(id));
    }

    private Answer createProject() throws IOException {
      var group = groups.get((long) number("namespace_id"));
      if (group == null || level(user, group) < 40) {
        return message(403, "403 Forbidden");
      }
      if (project(group.path + "/" + text("path")).isPresent()) {
        var fields = object();
        fields.putObject("message").putArray("path").add("has already been taken");
        return new Answer(400, fields);
      }
      var made =
          project(group, text("path"), Arrays.asList(request.getParameterValues("topics[]")));
      made.branches.put("main", new int[] {40, 40});
      return new Answer(201, json(made));
    }

    private ObjectNode json(Project project) {
      var node = object().put("id", project.id).put("path", project.path);
      node.put("path_with_namespace", project.fullPath());
      node.put("http_url_to_repo", "http://elsewhere.invalid/" + project.fullPath() + ".git");
      node.putObject("namespace").put("id", project.group.id);
      project.topics.forEach(node.putArray("topics")::add);
      return project.marked ? node.put("marked_for_deletion_on", "2026-11-21") : node;
    }

    private Answer inProject() {
      var id = path.get(1);
      var found =
          Optional.ofNullable(id.matches("\\d+") ? projects.get(Long.valueOf(id)) : null)
              .or(() -> project(id))
              .filter(project -> level(user, project.group) > 0);
      if (found.isEmpty()) {
        return message(404, "404 Project Not Found");
      }
      var project = found.get();
      if (path.size() == 2) {
        return request.getMethod().equals("DELETE")
            ? delete(project)
            : new Answer(200, json(project));
      }
      if (level(user, project.group) < 40) {
        return message(403, "403 Forbidden");
      }
      return switch (path.get(2)) {
        case "protected_branches" -> branches(project);
        case "protected_tags" -> tags(project);
        case "access_tokens" -> tokens(project);
        case "hooks" -> hook(project);
        default -> mergeRequests(project);
      };
    }

    private Answer delete(Project project) {
      if (level(user, project.group) < OWNER) {
        return message(403, "403 Forbidden");
      }
      if (marksDeletions && !project.marked) {
        project.marked = true;
        project.path = project.path + "-deletion_scheduled-" + project.id;
      } else {
        projects.remove(project.id);
      }
      return message(202, "202 Accepted");
    }

    private Answer branches(Project project) {
      if (request.getMethod().equals("POST")) {
        var levels = new int[] {number("push_access_level"), number("merge_access_level")};
        return project.branches.putIfAbsent(text("name"), levels) == null
            ? new Answer(201, branch(text("name"), levels))
            : message(409, "Protected branch '" + text("name") + "' already exists");
      }
      var levels = project.branches.get(path.get(3));
      if (levels == null) {
        return message(404, "404 Not found");
      }
      if (request.getMethod().equals("DELETE")) {
        project.branches.remove(path.get(3));
        return new Answer(204, object());
      }
      return new Answer(200, branch(path.get(3), levels));
    }

    private ObjectNode branch(String name, int[] levels) {
      var node = object().put("name", name).put("allow_force_push", false);
      node.putArray("push_access_levels").addObject().put("access_level", levels[0]);
      node.putArray("merge_access_levels").addObject().put("access_level", levels[1]);
      return node;
    }

    private Answer tags(Project project) {
      if (request.getMethod().equals("POST")) {
        return project.tags.putIfAbsent(text("name"), number("create_access_level")) == null
            ? new Answer(201, tag(text("name"), number("create_access_level")))
            : message(422, "Name has already been taken");
      }
      var level = project.tags.get(path.get(3));
      if (level == null) {
        return message(404, "404 Not found");
      }
      if (request.getMethod().equals("DELETE")) {
        project.tags.remove(path.get(3));
        return new Answer(204, object());
      }
      return new Answer(200, tag(path.get(3), level));
    }

    private ObjectNode tag(String name, int level) {
      var node = object().put("name", name);
      node.putArray("create_access_levels").addObject().put("access_level", level);
      return node;
    }

    private Answer tokens(Project project) {
      switch (request.getMethod()) {
        case "GET" -> {
          return page(
              project.tokens.stream().filter(token -> !token.revoked).map(this::json).toList());
        }
        case "POST" -> {
          var token = new Token();
          token.id = ids.incrementAndGet();
          token.name = text("name");
          token.secret = "glpat-project-" + token.id;
          token.expires = text("expires_at");
          token.level = number("access_level");
          token.scopes = List.of(request.getParameterValues("scopes[]"));
          project.tokens.add(token);
          return new Answer(201, json(token).put("token", token.secret));
        }
        default -> {
          var token =
              project.tokens.stream()
                  .filter(known -> !known.revoked && path.get(3).equals("" + known.id))
                  .findFirst();
          token.ifPresent(known -> known.revoked = true);
          return token.isEmpty() ? message(404, "404 Not found") : new Answer(204, object());
        }
      }
    }

    private Answer hook(Project project) {
      if (request.getMethod().equals("GET")) {
        return page(project.hooks.stream().map(this::json).toList());
      }
      var hook = new Hook();
      if (request.getMethod().equals("PUT")) {
        var present =
            project.hooks.stream().filter(known -> path.get(3).equals("" + known.id)).findFirst();
        if (present.isEmpty()) {
          return message(404, "404 Not found");
        }
        hook = present.get();
      } else {
        hook.id = ids.incrementAndGet();
        project.hooks.add(hook);
      }
      hook.url = text("url");
      hook.token = text("token");
      return new Answer(request.getMethod().equals("PUT") ? 200 : 201, json(hook));
    }

    /** The token is told to nobody. */
    private ObjectNode json(Hook hook) {
      return object().put("id", hook.id).put("url", hook.url).put("push_events", true);
    }

    private ObjectNode json(Token token) {
      var node = object().put("id", token.id).put("name", token.name).put("revoked", token.revoked);
      token.scopes.forEach(node.putArray("scopes")::add);
      return node.put("access_level", token.level).put("expires_at", token.expires);
    }

    private Answer mergeRequests(Project project) {
      var same =
          project.requests.stream()
              .filter(known -> known.get("source_branch").asText().equals(text("source_branch")))
              .filter(known -> known.get("target_branch").asText().equals(text("target_branch")))
              .toList();
      if (request.getMethod().equals("GET")) {
        return page(same);
      }
      if (!same.isEmpty()) {
        return message(409, "Another open merge request already exists for this source branch: !1");
      }
      var made = object().put("id", ids.incrementAndGet()).put("iid", project.requests.size() + 1);
      made.put("title", text("title")).put("state", "opened");
      made.put("source_branch", text("source_branch")).put("target_branch", text("target_branch"));
      made.put(
          "web_url",
          url() + "/" + project.fullPath() + "/-/merge_requests/" + made.get("iid").asText());
      project.requests.add(made);
      return new Answer(201, made);
    }
  }
}
