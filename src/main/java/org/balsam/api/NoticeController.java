package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.messaging.NoticePreferences;
import org.balsam.usecase.notice.NoticeSettings;
import org.balsam.usecase.notice.SetMyNotices;
import org.balsam.usecase.notice.SetProjectNotices;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which notices leave by which channel. */
@RestController
@Tag(name = "notices")
@RequestMapping("/api/v1")
class NoticeController {

  private final NoticeSettings settings;
  private final SetProjectNotices setProject;
  private final SetMyNotices setMine;

  NoticeController(NoticeSettings settings, SetProjectNotices setProject, SetMyNotices setMine) {
    this.settings = settings;
    this.setProject = setProject;
    this.setMine = setMine;
  }

  /** A rule of a project. */
  record NoticeRule(
      @NotNull String channel,
      Messenger.@NotNull Kind kind,
      NoticePreferences.@NotNull Level level) {}

  /** The rules of a project. */
  record NoticeRules(@NotNull List<@Valid NoticeRule> rules) {}

  /** What a person does not want. */
  record NoticeMute(@NotNull String channel, Messenger.@NotNull Kind kind) {}

  /** All that a person does not want. */
  record NoticeMutes(@NotNull List<@Valid NoticeMute> muted) {}

  @Operation(summary = "Which of the project's notices leave by which channel")
  @GetMapping("/projects/{project}/notices")
  NoticeRules getProjectNotices(@PathVariable ProjectId project) {
    return new NoticeRules(
        settings.ofProject(project, actor()).stream()
            .map(rule -> new NoticeRule(rule.channel(), rule.kind(), rule.level()))
            .toList());
  }

  @Operation(summary = "Set the project's rules; what is not named becomes chosen")
  @PutMapping("/projects/{project}/notices")
  NoticeRules setProjectNotices(
      @PathVariable ProjectId project, @Valid @RequestBody NoticeRules body) {
    var rules =
        body.rules().stream()
            .map(rule -> new NoticePreferences.Rule(rule.channel(), rule.kind(), rule.level()))
            .toList();
    setProject.handle(new SetProjectNotices.Command(project, rules, actor()));
    return getProjectNotices(project);
  }

  @Operation(summary = "What I do not want to be told by a channel")
  @GetMapping("/me/notices")
  NoticeMutes getMyNotices() {
    return new NoticeMutes(
        settings.ofPerson(actor()).stream()
            .map(mute -> new NoticeMute(mute.channel(), mute.kind()))
            .toList());
  }

  @Operation(summary = "Set what I do not want to be told by a channel")
  @PutMapping("/me/notices")
  NoticeMutes setMyNotices(@Valid @RequestBody NoticeMutes body) {
    var mutes =
        body.muted().stream()
            .map(mute -> new NoticePreferences.Mute(mute.channel(), mute.kind()))
            .toList();
    setMine.handle(new SetMyNotices.Command(mutes, actor()));
    return getMyNotices();
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
