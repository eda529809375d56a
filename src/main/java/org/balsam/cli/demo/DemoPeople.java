package org.balsam.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Role;

/** The people of demo mode, named after what they do. Their password is public. */
final class DemoPeople {

  static final String PASSWORD = "balsam";
  static final String ADMINISTRATOR = "admin";
  static final String OWNER = "owner";
  static final String SUBJECT = "subject";
  static final String PRODUCTION = "production";
  static final String QUALITY = "quality";
  static final String AUDITOR = "auditor";

  /** Holds the roles of both sides of the four-eyes rule; only being one person stops them. */
  static final String METHODOLOGY = "methodology";

  private DemoPeople() {}

  /** Everybody with a role in the project. */
  static Map<String, Set<Role>> roles() {
    var roles = new LinkedHashMap<String, Set<Role>>();
    roles.put(OWNER, Set.of(Role.OWNER));
    roles.put(SUBJECT, Set.of(Role.SUBJECT));
    roles.put(METHODOLOGY, Set.of(Role.METHODOLOGY, Role.SUBJECT, Role.QUALITY));
    roles.put(PRODUCTION, Set.of(Role.PRODUCTION));
    roles.put("steward", Set.of(Role.STEWARD));
    roles.put(QUALITY, Set.of(Role.QUALITY));
    roles.put("release", Set.of(Role.RELEASE));
    roles.put(AUDITOR, Set.of(Role.AUDITOR));
    return roles;
  }
}
