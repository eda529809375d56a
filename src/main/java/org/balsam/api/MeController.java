package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.messaging.Messenger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who I am, and what I am told. */
@RestController
@Tag(name = "me")
@RequestMapping("/api/v1")
class MeController {

  private final Directory directory;
  private final Messenger messenger;

  MeController(Directory directory, Messenger messenger) {
    this.directory = directory;
    this.messenger = messenger;
  }

  /** A person with their roles. */
  record Me(
      String id, String name, String email, boolean administrator, List<Membership> projects) {}

  /** The roles in one project, sorted. */
  record Membership(String project, List<String> roles) {}

  @Operation(summary = "Who I am, with my projects and roles")
  @GetMapping("/me")
  Me whoAmI() {
    var actor = CallContext.current().actor();
    var person = directory.person(actor.id());
    return new Me(
        actor.id(),
        person.map(Directory.Person::displayName).orElse(actor.id()),
        person.map(Directory.Person::email).orElse(""),
        actor.isPlatformAdministrator(),
        memberships(actor));
  }

  @Operation(summary = "The newest notices to me and my roles, newest first")
  @GetMapping("/inbox")
  Page<Messenger.Received> listNotices(@RequestParam(defaultValue = "50") int limit) {
    return new Page<>(
        messenger.inbox(CallContext.current().actor().groups(), Page.limit(limit)), null);
  }

  private static List<Membership> memberships(Actor actor) {
    var roles = new TreeMap<String, TreeSet<String>>();
    for (var group : actor.groups()) {
      var parts = group.split("/", 2);
      if (!Actor.isOfPlatform(group) && parts.length == 2) {
        roles.computeIfAbsent(parts[0], project -> new TreeSet<>()).add(parts[1]);
      }
    }
    return roles.entrySet().stream()
        .map(entry -> new Membership(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }
}
