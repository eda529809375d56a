package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.usecase.project.ProjectMembers;
import org.balsam.usecase.project.RemoveMember;
import org.balsam.usecase.project.SetMemberRoles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people of a project and their roles. */
@RestController
@Tag(name = "members")
@RequestMapping("/api/v1/projects/{project}/members")
class MemberController {

  private final ProjectMembers members;
  private final SetMemberRoles setRoles;
  private final RemoveMember remove;

  MemberController(ProjectMembers members, SetMemberRoles setRoles, RemoveMember remove) {
    this.members = members;
    this.setRoles = setRoles;
    this.remove = remove;
  }

  /**
   * A person of the project.
   *
   * @param name to be shown
   */
  record Member(String person, String name, List<Role> roles) {
    static Member of(Directory.Membership membership) {
      return new Member(
          membership.person(), membership.name(), membership.roles().stream().sorted().toList());
    }
  }

  /** The roles that a person is to have; at least one. */
  record Roles(@NotNull Set<Role> roles) {}

  @Operation(summary = "The project's people with their roles, by id")
  @GetMapping
  Page<Member> listMembers(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var sorted =
        members.list(project, actor()).stream()
            .sorted(Comparator.comparing(Directory.Membership::person))
            .toList();
    return Pages.cut(sorted, Directory.Membership::person, limit, cursor).map(Member::of);
  }

  @Operation(summary = "Give a person exactly these roles")
  @PutMapping("/{person}")
  Member setMemberRoles(
      @PathVariable ProjectId project,
      @PathVariable String person,
      @Valid @RequestBody Roles body) {
    setRoles.handle(new SetMemberRoles.Command(project, person, body.roles(), actor()));
    return new Member(person, members.nameOf(person), body.roles().stream().sorted().toList());
  }

  @Operation(summary = "Take all roles from a person")
  @DeleteMapping("/{person}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeMember(@PathVariable ProjectId project, @PathVariable String person) {
    remove.handle(new RemoveMember.Command(project, person, actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
