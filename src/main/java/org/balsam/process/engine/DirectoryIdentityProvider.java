package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.Directory.Person;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TenantEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;

/**
 * The engine's view of the directory: people, groups {@code project/role}, and the projects as
 * tenants. A person sees people and groups of their own projects only; passwords can be checked,
 * never read.
 */
final class DirectoryIdentityProvider implements ReadOnlyIdentityProvider {

  private static final int MOST = 200;

  private final Directory directory;
  private final AuthenticationProvider passwords;

  DirectoryIdentityProvider(Directory directory, AuthenticationProvider passwords) {
    this.directory = directory;
    this.passwords = passwords;
  }

  @Override
  public @Nullable User findUserById(String id) {
    return directory
        .person(id)
        .filter(person -> isVisible(person.id()))
        .map(this::user)
        .orElse(null);
  }

  @Override
  public @Nullable Group findGroupById(String id) {
    return id.contains("/") ? group(id) : null;
  }

  @Override
  public @Nullable Tenant findTenantById(String id) {
    try {
      return tenant(new ProjectId(id).value());
    } catch (Invalid noProject) {
      return null;
    }
  }

  @Override
  public boolean checkPassword(String id, String password) {
    try {
      return passwords
          .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(id, password))
          .isAuthenticated();
    } catch (AuthenticationException wrong) {
      return false;
    }
  }

  @Override
  public UserQuery createUserQuery() {
    return new DirectoryUserQuery(
        Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
  }

  @Override
  public UserQuery createUserQuery(CommandContext context) {
    return new DirectoryUserQuery(null);
  }

  @Override
  public NativeUserQuery createNativeUserQuery() {
    throw new BadUserRequestException("people are not in the engine's database");
  }

  @Override
  public GroupQuery createGroupQuery() {
    return new DirectoryGroupQuery(
        Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
  }

  @Override
  public GroupQuery createGroupQuery(CommandContext context) {
    return new DirectoryGroupQuery(null);
  }

  @Override
  public TenantQuery createTenantQuery() {
    return new DirectoryTenantQuery(
        Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
  }

  @Override
  public TenantQuery createTenantQuery(CommandContext context) {
    return new DirectoryTenantQuery(null);
  }

  @Override
  public void flush() {
    // nothing is written
  }

  @Override
  public void close() {
    // nothing is held
  }

  List<User> users(DirectoryUserQuery query) {
    var visible = visible();
    return candidates(query, visible).stream()
        .filter(person -> visible == null || visible.contains(person.id()))
        .filter(
            person -> fits(query.getFirstName(), query.getFirstNameLike(), person.displayName()))
        .filter(person -> fits(query.getLastName(), query.getLastNameLike(), ""))
        .filter(person -> fits(query.getEmail(), query.getEmailLike(), person.email()))
        .filter(person -> isMember(person.id(), query.getGroupId(), query.getTenantId()))
        .map(this::user)
        .toList();
  }

  List<Group> groups(DirectoryGroupQuery query) {
    var found = new LinkedHashSet<String>();
    if (query.getUserId() != null) {
      found.addAll(EngineGroups.inEngine(directory.groupsOf(query.getUserId())));
    } else if (query.getTenantId() != null) {
      found.addAll(groupsOf(query.getTenantId()));
    } else if (query.getId() != null) {
      found.add(query.getId());
    } else if (query.getIds() != null) {
      found.addAll(Arrays.asList(query.getIds()));
    }
    return found.stream()
        .filter(id -> query.getId() == null || query.getId().equals(id))
        .filter(id -> query.getIds() == null || Arrays.asList(query.getIds()).contains(id))
        .filter(id -> fits(query.getName(), query.getNameLike(), id))
        .filter(this::isVisibleGroup)
        .map(this::group)
        .toList();
  }

  List<Tenant> tenants(DirectoryTenantQuery query) {
    var viewer = viewer();
    var projects =
        query.getUserId() != null
            ? EngineGroups.tenants(directory.groupsOf(query.getUserId()))
            : viewer == null
                ? Stream.of(query.getId()).filter(Objects::nonNull).toList()
                : EngineGroups.tenants(viewer);
    return projects.stream()
        .filter(id -> query.getId() == null || query.getId().equals(id))
        .filter(id -> query.getIds() == null || Arrays.asList(query.getIds()).contains(id))
        .filter(id -> fits(query.getName(), query.getNameLike(), id))
        .filter(id -> viewer == null || EngineGroups.tenants(viewer).contains(id))
        .map(this::tenant)
        .toList();
  }

  private List<Person> candidates(DirectoryUserQuery query, @Nullable Set<String> visible) {
    var ids = new ArrayList<String>();
    if (query.getId() != null) {
      ids.add(query.getId());
    } else if (query.getIds() != null) {
      ids.addAll(Arrays.asList(query.getIds()));
    } else if (query.getGroupId() != null) {
      ids.addAll(directory.membersOf(query.getGroupId()));
    } else if (query.getTenantId() != null) {
      directory
          .members(new ProjectId(query.getTenantId()))
          .forEach(member -> ids.add(member.person()));
    } else if (visible != null) {
      visible.stream().limit(MOST).forEach(ids::add);
    } else {
      return directory.search("", MOST);
    }
    return ids.stream().flatMap(id -> directory.person(id).stream()).toList();
  }

  private boolean isMember(String person, @Nullable String group, @Nullable String tenant) {
    if (group == null && tenant == null) {
      return true;
    }
    var groups = directory.groupsOf(person);
    return (group == null || EngineGroups.inEngine(groups).contains(group))
        && (tenant == null || EngineGroups.tenants(groups).contains(tenant));
  }

  /** The groups of the person who asks; null for Balsam itself and platform administrators. */
  private static @Nullable Set<String> viewer() {
    var context = Context.getCommandContext();
    var person = context == null ? null : context.getAuthentication();
    if (person == null || person.getGroupIds() == null) {
      return person == null ? null : Set.of();
    }
    return person.getGroupIds().contains(Actor.PLATFORM_ADMINISTRATORS)
        ? null
        : Set.copyOf(person.getGroupIds());
  }

  /** Whom the person who asks may see, sorted; null for everybody. */
  private @Nullable Set<String> visible() {
    var viewer = viewer();
    if (viewer == null) {
      return null;
    }
    var people = new TreeSet<String>();
    people.add(Context.getCommandContext().getAuthenticatedUserId());
    for (var project : EngineGroups.tenants(viewer)) {
      directory.members(new ProjectId(project)).forEach(member -> people.add(member.person()));
    }
    return people;
  }

  private boolean isVisible(String person) {
    var viewer = viewer();
    if (viewer == null || person.equals(Context.getCommandContext().getAuthenticatedUserId())) {
      return true;
    }
    var shared = EngineGroups.tenants(viewer);
    return EngineGroups.tenants(directory.groupsOf(person)).stream().anyMatch(shared::contains);
  }

  private boolean isVisibleGroup(String group) {
    var viewer = viewer();
    return viewer == null
        || viewer.contains(group)
        || EngineGroups.tenants(viewer).stream().anyMatch(slug -> group.startsWith(slug + "/"));
  }

  private static List<String> groupsOf(String tenant) {
    var project = new ProjectId(tenant);
    return Arrays.stream(Role.values()).map(role -> role.group(project)).toList();
  }

  private static boolean fits(@Nullable String exact, @Nullable String like, String value) {
    return (exact == null || exact.equals(value))
        && (like == null
            || Pattern.compile(
                    Arrays.stream(like.split("%", -1))
                        .map(Pattern::quote)
                        .collect(java.util.stream.Collectors.joining(".*")),
                    Pattern.CASE_INSENSITIVE)
                .matcher(value)
                .matches());
  }

  private User user(Person person) {
    var user = new UserEntity(person.id());
    user.setFirstName(person.displayName());
    user.setLastName("");
    user.setEmail(person.email());
    return user;
  }

  private Group group(String id) {
    var group = new GroupEntity(id);
    group.setName(id);
    group.setType("WORKFLOW");
    return group;
  }

  private Tenant tenant(String id) {
    var tenant = new TenantEntity(id);
    tenant.setName(id);
    return tenant;
  }
}
