package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.Messenger.Received;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Messenger} does. */
public abstract class MessengerContract {

  protected static final ProjectId PROJECT = new ProjectId("emp-industry");
  protected static final ProjectId OTHER = new ProjectId("other");
  protected static final Set<String> OWNER = Set.of("emp-industry/owner");

  protected Messenger messenger;

  /** A messenger that holds nothing yet. */
  protected abstract Messenger messenger();

  @BeforeEach
  void openMessenger() {
    messenger = messenger();
    messenger.ensureChannel(PROJECT);
    messenger.ensureChannel(PROJECT);
  }

  protected static Notice notice(String key, String... groups) {
    return new Notice(
        key,
        Kind.PROGRESS,
        PROJECT,
        List.of(groups),
        "Released",
        "2026-Q3 is out.\nSee there.",
        "/rounds/a");
  }

  protected List<String> inbox(Set<String> groups) {
    return messenger.inbox(groups, 200).stream().map(Received::notice).map(Notice::key).toList();
  }

  @Test
  void aNoticeArrivesOnceAndWhole() {
    var notice = notice("a/released", "emp-industry/owner");
    messenger.send(notice);
    messenger.send(notice);
    assertThat(messenger.inbox(OWNER, 10)).extracting(Received::notice).containsExactly(notice);
  }

  @Test
  void onlyTheGroupsThatAreToldSeeIt() {
    messenger.send(notice("owners", "emp-industry/owner"));
    messenger.send(notice("two", "emp-industry/owner", "emp-industry/quality"));
    messenger.send(notice("all"));
    messenger.send(notice("administrators", "platform/administrator"));
    messenger.send(new Notice("foreign", Kind.PROGRESS, OTHER, List.of(), "s", "", ""));
    assertThat(inbox(OWNER)).containsExactly("all", "two", "owners");
    assertThat(inbox(Set.of("emp-industry/quality"))).containsExactly("all", "two");
    assertThat(inbox(Set.of("emp-industry/auditor"))).containsExactly("all");
    assertThat(inbox(Set.of("platform/administrator"))).containsExactly("administrators");
    assertThat(inbox(Set.of("other/owner", "emp-industry/auditor")))
        .containsExactly("foreign", "all");
    assertThat(inbox(Set.of())).isEmpty();
    assertThat(inbox(Set.of("emp/owner"))).isEmpty();
  }

  @Test
  void theInboxIsNewestFirstAndLimited() {
    for (var i = 0; i < 5; i++) {
      messenger.send(notice("n" + i));
    }
    assertThat(messenger.inbox(OWNER, 2).stream().map(r -> r.notice().key()))
        .containsExactly("n4", "n3");
    assertThatThrownBy(() -> messenger.inbox(OWNER, 0)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> messenger.inbox(OWNER, 201)).isInstanceOf(Invalid.class);
  }

  @Test
  void aRemovedChannelTakesItsNoticesAlong() {
    messenger.send(notice("mine"));
    messenger.send(new Notice("foreign", Kind.PROGRESS, OTHER, List.of(), "s", "", ""));
    messenger.removeChannel(PROJECT);
    messenger.removeChannel(PROJECT);
    assertThat(inbox(OWNER)).isEmpty();
    assertThat(inbox(Set.of("other/owner"))).containsExactly("foreign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000b", "a\u2028b"})
  void aKeyOrSubjectThatIsNotOneLineIsRefused(String line) {
    assertThatThrownBy(() -> notice(line)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Notice("k", Kind.PROGRESS, PROJECT, List.of(), line, "", ""))
        .isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "//evil.example", "/\\evil", "x", "/a b", "javascript:x"})
  void aLinkThatLeavesBalsamIsRefused(String link) {
    assertThatThrownBy(() -> new Notice("k", Kind.PROGRESS, PROJECT, List.of(), "s", "", link))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other/owner", "owner", "emp-industry/", "emp-industry/a/b", ""})
  void aGroupOfAnotherProjectIsRefused(String group) {
    assertThatThrownBy(() -> notice("k", group))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("emp-industry/<role>");
  }
}
