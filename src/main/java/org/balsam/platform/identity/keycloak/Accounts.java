package org.balsam.platform.identity.keycloak;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.platform.identity.keycloak.RealmAdmin.User;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which account of the realm is which person. An account gets its login name as the person's id
 * when Balsam first has to do with it, and keeps it for good: people who are renamed at Keycloak
 * stay who they are, and nobody becomes another person by taking over a name.
 */
final class Accounts {

  private static final Pattern ID = Pattern.compile("^[a-z][a-z0-9._-]{1,31}\\z");
  private static final Set<String> RESERVED = Set.of("anonymous", "balsam");
  private static final String SERVICE = "service-account-";

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final AuditTrail audit;
  private final Clock clock;

  Accounts(JdbcClient jdbc, TransactionOperations transaction, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether the text can be a person's id at all. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  Optional<String> subjectOf(String person) {
    return isId(person)
        ? jdbc.sql("select subject from balsam.keycloak_account where person = ?")
            .param(person)
            .query(String.class)
            .optional()
        : Optional.empty();
  }

  Optional<String> personOf(String subject) {
    return jdbc.sql("select person from balsam.keycloak_account where subject = ?")
        .param(subject)
        .query(String.class)
        .optional();
  }

  /** Whether the person is a client's service account. */
  boolean isService(String person) {
    return jdbc.sql(
            "select exists (select from balsam.keycloak_account where person = ? and service)")
        .param(person)
        .query(Boolean.class)
        .single();
  }

  /**
   * Who the accounts are or would become, by subject; those that cannot be a person are left out,
   * and so are service accounts until they are bound.
   */
  Map<String, String> personsOf(Collection<User> users) {
    if (users.isEmpty()) {
      return Map.of();
    }
    var bySubject = new HashMap<String, String>();
    var taken = new HashSet<String>();
    jdbc.sql(
            "select subject, person from balsam.keycloak_account"
                + " where subject in (:subjects) or person in (:names)")
        .param("subjects", users.stream().map(User::id).toList())
        .param("names", users.stream().map(User::username).toList())
        .query(
            row -> {
              bySubject.put(row.getString(1), row.getString(2));
              taken.add(row.getString(2));
            });
    for (var user : users) {
      if (isPersonable(user, false) && !taken.contains(user.username())) {
        bySubject.putIfAbsent(user.id(), user.username());
      }
    }
    bySubject.keySet().retainAll(users.stream().map(User::id).toList());
    return bySubject;
  }

  /**
   * The person that the account is from now on.
   *
   * @param isService whether it is a client's
   * @throws AccountRefused when its name cannot be a person's id, or is another account's
   */
  String bind(User user, boolean isService) {
    if (!isPersonable(user, isService)) {
      throw new AccountRefused(
          "a login name has 2 to 32 characters, lower-case letters, digits, '.', '_' and '-',"
              + " starts with a letter, and is none that Balsam reserves");
    }
    transaction.executeWithoutResult(
        status -> {
          var isNew =
              jdbc.sql(
                          "insert into balsam.keycloak_account (subject, person, service, bound_at)"
                              + " values (?, ?, ?, ?) on conflict do nothing")
                      .params(
                          user.id(),
                          user.username(),
                          isService,
                          clock.instant().atOffset(ZoneOffset.UTC))
                      .update()
                  == 1;
          if (isNew) {
            audit.record(
                AuditEntry.done("account.bound", null, user.username())
                    .with("account", user.id())
                    .with("service", isService));
          }
        });
    return personOf(user.id())
        .orElseThrow(
            () -> new AccountRefused("the login name belongs to another account in Balsam"));
  }

  /** Names that look like those of service accounts are believed of service accounts only. */
  private static boolean isPersonable(User user, boolean isService) {
    var name = user.username();
    return isId(name) && !RESERVED.contains(name) && isService == name.startsWith(SERVICE);
  }
}
