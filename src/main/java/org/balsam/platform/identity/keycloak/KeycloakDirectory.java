package org.balsam.platform.identity.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.keycloak.RealmAdmin.Group;
import org.balsam.platform.identity.keycloak.RealmAdmin.User;

/**
 * People and groups of a Keycloak realm. What Keycloak said about a person is believed for the
 * configured time, and not at all after a change that Balsam itself made. A disabled account is
 * unknown and has no groups.
 */
final class KeycloakDirectory implements Directory {

  private static final int PAGE = 100;
  private static final int SEARCHED = 2_000;

  private final RealmAdmin realm;
  private final Accounts accounts;
  private final ProjectGroups groups;
  private final FreshAnswers<Optional<User>> users;
  private final FreshAnswers<Set<String>> memberships;
  private final FreshAnswers<Map<String, User>> members;
  private final FreshAnswers<Optional<String>> administrators;

  KeycloakDirectory(
      RealmAdmin realm, Accounts accounts, ProjectGroups groups, Duration freshness, Clock clock) {
    this.realm = realm;
    this.accounts = accounts;
    this.groups = groups;
    this.users = new FreshAnswers<>(freshness, clock);
    this.memberships = new FreshAnswers<>(freshness, clock);
    this.members = new FreshAnswers<>(freshness, clock);
    this.administrators = new FreshAnswers<>(freshness, clock);
  }

  /**
   * The person behind an account that Keycloak vouches for, bound to its name when it is new.
   *
   * @param subject the {@code sub} of a verified token
   * @throws AccountRefused for an account that is gone, disabled, or cannot be a person
   */
  String signedIn(String subject) {
    return accounts.personOf(subject).orElseGet(() -> bind(subject));
  }

  private String bind(String subject) {
    var user =
        realm
            .user(subject)
            .filter(User::enabled)
            .orElseThrow(() -> new AccountRefused("there is no such account any more"));
    var person = accounts.bind(user, realm.isServiceAccount(user));
    forget();
    return person;
  }

  @Override
  public Optional<Person> person(String id) {
    return user(id).map(user -> person(id, user));
  }

  @Override
  public List<Person> search(String text, int limit) {
    var wanted = Math.min(Math.max(limit, 1), 200);
    var lower = text.replace("\0", "").toLowerCase(Locale.ROOT);
    var found = new ArrayList<Person>();
    List<User> page = List.of();
    for (var first = 0; first == 0 || page.size() == PAGE; first += PAGE) {
      if (found.size() >= wanted || first >= SEARCHED) {
        break;
      }
      page = realm.users(longestWord(lower), first, PAGE);
      persons(page).entrySet().stream()
          .map(entry -> person(entry.getKey(), entry.getValue()))
          .filter(person -> contains(person, lower))
          .forEach(found::add);
    }
    return found.stream().sorted(Comparator.comparing(Person::id)).limit(wanted).toList();
  }

  @Override
  public Set<String> groupsOf(String person) {
    return user(person)
        .map(user -> memberships.get(person, () -> meaningOf(person, realm.groupsOf(user.id()))))
        .orElse(Set.of());
  }

  @Override
  public List<String> membersOf(String group) {
    var slash = group.lastIndexOf('/');
    if (slash < 0 || group.indexOf('\0') >= 0) {
      return List.of();
    }
    var id =
        group.equals(Actor.PLATFORM_ADMINISTRATORS)
            ? administratorsGroup()
            : groups.idOf(group.substring(0, slash), group.substring(slash + 1));
    return id.map(known -> List.copyOf(membersOfGroup(known).keySet())).orElse(List.of());
  }

  @Override
  public List<Membership> members(ProjectId project) {
    var names = new HashMap<String, String>();
    var roles = new TreeMap<String, Set<Role>>();
    groups
        .of(project)
        .forEach(
            (role, id) ->
                membersOfGroup(id)
                    .forEach(
                        (person, user) -> {
                          names.put(person, person(person, user).displayName());
                          roles.computeIfAbsent(person, key -> new TreeSet<>()).add(role);
                        }));
    return roles.entrySet().stream()
        .map(
            entry ->
                new Membership(
                    entry.getKey(), names.get(entry.getKey()), Set.copyOf(entry.getValue())))
        .toList();
  }

  @Override
  public void ensureGroups(ProjectId project, ProjectKind kind) {
    groups.ensure(project, kind);
    forget();
  }

  @Override
  public void removeGroups(ProjectId project) {
    groups.remove(project);
    forget();
  }

  @Override
  public void setRoles(ProjectId project, String person, Set<Role> roles) {
    var ids = groups.of(project);
    if (ids.isEmpty()) {
      throw new NotFound("the project '" + project + "' has no groups");
    }
    var user = user(person).orElseThrow(() -> new NotFound("there is no person '" + person + "'"));
    if (accounts.personOf(user.id()).isEmpty()) {
      accounts.bind(user, realm.isServiceAccount(user));
    }
    try {
      change(user.id(), ids, roles);
    } finally {
      forget();
    }
  }

  private void change(String user, Map<Role, String> ids, Set<Role> roles) {
    var held = new HashSet<String>();
    realm.groupsOf(user).forEach(group -> held.add(group.id()));
    ids.forEach(
        (role, id) -> {
          if (roles.contains(role) && !held.contains(id)) {
            realm.join(user, id);
          } else if (!roles.contains(role) && held.contains(id)) {
            realm.leave(user, id);
          }
        });
  }

  /** The enabled account that is this person: the bound one, else the one of that name. */
  private Optional<User> user(String person) {
    return users.get(
        person,
        () ->
            accounts
                .subjectOf(person)
                .map(realm::user)
                .orElseGet(() -> unbound(person))
                .filter(User::enabled));
  }

  private Optional<User> unbound(String person) {
    return Accounts.isId(person)
        ? realm
            .userNamed(person)
            .filter(user -> person.equals(accounts.personsOf(List.of(user)).get(user.id())))
        : Optional.empty();
  }

  private Set<String> meaningOf(String person, List<Group> held) {
    var meanings = new HashSet<>(groups.meaningOf(held));
    if (accounts.isService(person)) {
      meanings.add(Actor.SERVICE_ACCOUNTS);
    }
    held.stream()
        .filter(group -> groups.isPathOfAdministrators(group.path()))
        .filter(group -> administratorsGroup().filter(group.id()::equals).isPresent())
        .forEach(group -> meanings.add(Actor.PLATFORM_ADMINISTRATORS));
    return Set.copyOf(meanings);
  }

  private Optional<String> administratorsGroup() {
    return administrators.get("", groups::administrators);
  }

  /** The enabled members by id, each of whom is then known without another question. */
  private Map<String, User> membersOfGroup(String id) {
    return members.get(
        id,
        () -> {
          var found = new TreeMap<>(persons(realm.members(id)));
          found.forEach((person, user) -> users.put(person, Optional.of(user)));
          return found;
        });
  }

  private Map<String, User> persons(List<User> all) {
    var enabled = all.stream().filter(User::enabled).toList();
    var persons = accounts.personsOf(enabled);
    var found = new HashMap<String, User>();
    for (var user : enabled) {
      if (persons.containsKey(user.id())) {
        found.put(persons.get(user.id()), user);
      }
    }
    return found;
  }

  private void forget() {
    users.forget();
    memberships.forget();
    members.forget();
  }

  private static Person person(String id, User user) {
    var name =
        Stream.of(user.firstName(), user.lastName())
            .filter(part -> part != null && !part.isBlank())
            .reduce((first, last) -> first + " " + last)
            .orElse(id);
    return new Person(id, name, user.email() == null ? "" : user.email());
  }

  private static boolean contains(Person person, String lower) {
    return person.id().contains(lower)
        || person.displayName().toLowerCase(Locale.ROOT).contains(lower);
  }

  /** The server looks for each word by itself and knows patterns: it gets one word without any. */
  private static String longestWord(String lower) {
    return Stream.of(lower.split("[^\\p{L}\\p{N}.@-]+"))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }
}
