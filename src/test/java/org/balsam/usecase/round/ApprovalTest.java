package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.balsam.audit.AuditEntry;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.testing.MovableClock;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.RecordedNotices;
import org.balsam.testing.ScriptedApprovals;
import org.balsam.testing.StorageTampering;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class ApprovalTest {

  @Autowired RoundFixture fixture;
  @Autowired VerifyApproval verify;
  @Autowired MarkReleased mark;
  @Autowired SealEvidence seal;
  @Autowired CheckQuality check;
  @Autowired NotifyRelease notify;
  @Autowired CloseRound close;
  @Autowired Rounds rounds;
  @Autowired ScriptedApprovals approvals;
  @Autowired MovableClock clock;
  @Autowired RecordedAudit audit;
  @Autowired RecordedNotices notices;
  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BalsamHome home;

  @Test
  void releasesWhatTwoPeopleApprovedAndSealsTheEvidence() throws IOException {
    var round = fixture.released();
    for (int i = 0; i < 2; i++) {
      mark.handle(new MarkReleased.Command(round, fixture.releaseSet(round)));
      seal.handle(new SealEvidence.Command(round));
      notify.handle(new NotifyRelease.Command(round));
      close.handle(new CloseRound.Command(round, true));
    }

    var view = rounds.get(round);
    assertThat(view.state()).isEqualTo(RoundState.CLOSED);
    assertThat(view.evaluated()).isTrue();
    assertThat(forge.resolve(round.project(), "rel/2009-q1-r0")).contains(view.commit());
    assertThat(notices.about(round.project()))
        .extracting(notice -> notice.key())
        .containsExactly(round + "/announced/1", round + "/released");
    for (var action : List.of("round.released", "round.evidence.sealed", "round.closed")) {
      assertThat(entries(round, action)).as(action).hasSize(1);
    }
    assertThat(entries(round, "round.released").get(0).details())
        .containsEntry("evidence", view.runs().get(0).evidence())
        .containsEntry(
            "approvals",
            List.of(
                confirmation(round), view.release().reviewEvent(), view.release().releaseEvent()))
        .containsEntry("releaseSet", view.release().releaseSet());
    verifyBundle(round, view);
  }

  private String confirmation(RoundId round) {
    return approvals
        .newest(round.project(), round.value(), "userTask_confirmInputs", Instant.EPOCH)
        .orElseThrow()
        .id();
  }

  private void verifyBundle(RoundId round, RoundView view) throws IOException {
    var evidence = rounds.evidence(round);
    var files = unzip(evidence.content());
    var step = "steps/" + view.steps().get(0).job() + "/";
    assertThat(files.keySet())
        .contains("README.txt", "round.json", "approved.json", "checks.json", "balsam.yaml")
        .contains("inputs.csv", "outputs.csv", "release.csv", "audit.zip")
        .contains(step + "spec.json", step + "result.json", step + "log.txt");
    assertThat(Sha256.of(files.get("approved.json")).value())
        .isEqualTo(view.runs().get(0).evidence());
    assertThat(new String(files.get("approved.json"), StandardCharsets.UTF_8))
        .contains(Sha256.of(files.get(step + "spec.json")).value())
        .contains(Sha256.of(files.get("inputs.csv")).value())
        .contains(view.steps().get(1).outputs().get(0).sha256().value());
    assertThat(new String(files.get("round.json"), StandardCharsets.UTF_8))
        .contains("quinn", "olga", "userTask_reviewResults");
    assertThat(files.get("balsam.yaml")).asString().isEqualTo(RoundFixture.YAML);
  }

  @Test
  void forbidsToDeleteTheEvidenceAndTakesTheArchiveOfACrashedAttempt() {
    var round = fixture.released();
    var key = "2009-q1/r0/evidence/" + round + "-evidence.zip";
    var bucket = Manifest.Reference.parse(rounds.get(round).release().releaseSet()).bucket();
    var left = store.put(bucket, key, new java.io.ByteArrayInputStream(new byte[] {1}), Map.of());

    seal.handle(new SealEvidence.Command(round));

    try (var versions = store.versions(bucket, key)) {
      assertThat(versions).hasSize(1);
    }
    assertRejected(() -> store.destroy(bucket, key, left.versionId()), ErrorCode.OBJECT_LOCKED);
  }

  @Test
  void waitsForTheSealOfTheRelease() throws IOException {
    var round = fixture.released();
    var key = "2009-q1/r0/evidence/" + round + "-evidence.zip";
    var bucket = Manifest.Reference.parse(rounds.get(round).release().releaseSet()).bucket();
    approvals.sealed = false;
    try {
      assertThatThrownBy(() -> seal.handle(new SealEvidence.Command(round)))
          .isInstanceOfSatisfying(
              ExternalFailure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SEALED);
                assertThat(failure.retryable()).isTrue();
              });
    } finally {
      approvals.sealed = true;
    }
    assertThat(store.find(bucket, key)).isEmpty();
    assertThat(entries(round, "round.evidence.sealed")).isEmpty();

    seal.handle(new SealEvidence.Command(round));
    assertThat(unzip(rounds.evidence(round).content()).get("README.txt"))
        .asString(StandardCharsets.UTF_8)
        .contains("round.released of " + round);
  }

  @Test
  void sealsNothingBeforeTheRelease() {
    var round = fixture.opened();
    assertRejected(() -> seal.handle(new SealEvidence.Command(round)), ErrorCode.WRONG_STATE);
    assertThatThrownBy(() -> rounds.evidence(round))
        .isInstanceOf(org.balsam.kernel.NotFound.class)
        .hasMessageContaining("open");
  }

  @Test
  void voidsApprovalsWhenAByteOfAnOutputChanged() throws IOException {
    var round = fixture.opened();
    var evidence = approvedNow(round);
    var output = rounds.get(round).steps().get(1).outputs().get(0);
    StorageTampering.flip(home.resolve("objects").resolve(output.bucket()), output.key());

    assertRejected(() -> verified(round, evidence), ErrorCode.EVIDENCE_CHANGED, "employment.csv");
    StorageTampering.flip(home.resolve("objects").resolve(output.bucket()), output.key());
    assertRejected(
        () -> verified(round, evidence), ErrorCode.EVIDENCE_CHANGED, "no userTask_review");
    assertThat(audit.separately())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("round.approval.voided");
              assertThat(entry.subject()).isEqualTo(round.value());
            });
    assertRejected(
        () -> mark.handle(new MarkReleased.Command(round, fixture.releaseSet(round))),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void doesNotCountApprovalsFromBeforeTheNewestCheck() {
    var round = fixture.opened();
    var evidence = approvedNow(round);
    check.handle(new CheckQuality.Command(round, 1));

    assertRejected(
        () -> verified(round, evidence), ErrorCode.EVIDENCE_CHANGED, "approved this evidence");
  }

  @Test
  void doesNotAcceptOtherEvidence() {
    var round = fixture.opened();
    approvedNow(round);
    assertRejected(
        () -> verified(round, Sha256.of("other").value()),
        ErrorCode.EVIDENCE_CHANGED,
        "approved was");
  }

  @Test
  void refusesTwoApprovalsByOnePerson() {
    var round = fixture.opened();
    var evidence = fixture.checked(round, RoundFixture.GOOD).evidence();
    var both = RoundFixture.person("bo", round.project(), Role.QUALITY, Role.OWNER);
    for (var activity : List.of("userTask_reviewResults", "userTask_approveRelease")) {
      fixture.decide(round, activity, "approve", null, both, evidence, Map.of());
    }
    fixture.announced(round, clock.instant(), null);

    assertThatThrownBy(() -> verified(round, evidence))
        .isInstanceOfSatisfying(
            Forbidden.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.SEPARATION_OF_DUTIES))
        .hasMessageContaining("bo");
  }

  @Test
  void waitsForTheSealOfTheApprovals() {
    var round = fixture.opened();
    var evidence = approvedNow(round);
    approvals.sealed = false;
    try {
      assertThatThrownBy(() -> verified(round, evidence))
          .isInstanceOfSatisfying(
              ExternalFailure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SEALED);
                assertThat(failure.retryable()).isTrue();
              });
    } finally {
      approvals.sealed = true;
    }
    verified(round, evidence);
  }

  @Test
  void publishesNothingBeforeTheAnnouncedMoment() {
    var round = fixture.opened();
    var evidence = fixture.checked(round, RoundFixture.GOOD).evidence();
    fixture.approved(round, evidence, clock.instant().plus(Duration.ofHours(1)));

    assertRejected(() -> verified(round, evidence), ErrorCode.WRONG_STATE, "not published earlier");
    clock.pass(Duration.ofHours(2));
    verified(round, evidence);
  }

  @Test
  void marksOnlyTheApprovedBytesAsReleased() {
    var round = fixture.opened();
    var evidence = approvedNow(round);
    verified(round, evidence);
    var other = fixture.inputSet(round, "2009-01");

    assertRejected(
        () -> mark.handle(new MarkReleased.Command(round, other)), ErrorCode.EVIDENCE_CHANGED);
    assertThat(forge.resolve(round.project(), "rel/2009-q1-r0")).isEmpty();
  }

  @Test
  void approvesOnlyTheEvidenceOnDisplayAndNoMomentThatIsTooEarly() {
    var round = fixture.opened();
    var evidence = fixture.checked(round, RoundFixture.GOOD).evidence();
    var owner = RoundFixture.owner(round.project());
    var quality = RoundFixture.person("quinn", round.project(), Role.QUALITY);

    assertRejected(
        () ->
            fixture.decide(
                round, "userTask_reviewResults", "approve", null, quality, "stale", Map.of()),
        ErrorCode.EVIDENCE_CHANGED,
        "stale");
    var past = Map.of("releaseAt", clock.instant().minus(Duration.ofHours(1)).toString());
    assertRejected(
        () ->
            fixture.decide(
                round, "userTask_approveRelease", "approve", null, owner, evidence, past),
        ErrorCode.WRONG_STATE,
        "passed more than 15 minutes ago");
    assertThat(rounds.get(round).decisions()).isEmpty();
  }

  @Test
  void announcesOnceAndPostponesOnlyLaterAndWithReason() {
    var round = fixture.opened();
    var evidence = fixture.checked(round, RoundFixture.GOOD).evidence();
    var at = clock.instant().plus(Duration.ofDays(1));
    fixture.approved(round, evidence, at);
    fixture.announced(round, at, null);
    assertThat(rounds.get(round).announcements()).hasSize(1);

    assertRejected(
        () -> fixture.announced(round, at.minusSeconds(60), "sooner"),
        ErrorCode.WRONG_STATE,
        "not published earlier");
    assertRejected(
        () -> fixture.announced(round, at.plusSeconds(60), " "), ErrorCode.REASON_REQUIRED);
    fixture.announced(round, at.plusSeconds(60), "late returns");

    assertThat(rounds.get(round).announcements())
        .extracting(RoundView.Announcement::reason)
        .containsExactly(null, "late returns");
    assertThat(notices.about(round.project()))
        .anySatisfy(
            notice ->
                assertThat(notice.text()).contains("postponed").contains("Reason: late returns"));
  }

  private String approvedNow(RoundId round) {
    var evidence = fixture.checked(round, RoundFixture.GOOD).evidence();
    fixture.approved(round, evidence, clock.instant());
    return evidence;
  }

  private void verified(RoundId round, String evidence) {
    verify.handle(new VerifyApproval.Command(round, evidence));
  }

  private List<AuditEntry> entries(RoundId round, String action) {
    return audit.together().stream()
        .filter(entry -> entry.action().equals(action) && round.value().equals(entry.subject()))
        .toList();
  }

  private static Map<String, byte[]> unzip(InputStream content) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(content)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
