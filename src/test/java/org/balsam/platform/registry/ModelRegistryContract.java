package org.balsam.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.AliasMove.Kind;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ModelRegistry} does. */
public abstract class ModelRegistryContract {

  protected static final ProjectId PROJECT = new ProjectId("ml-strikes");
  protected static final ProjectId OTHER = new ProjectId("ml-other");
  protected static final ModelName DAMAGE = new ModelName("damage");

  protected ModelRegistry registry;

  /** A registry that holds nothing yet. */
  protected abstract ModelRegistry registry();

  /** The object storage that the registry and its callers use. */
  protected abstract ObjectStore store();

  /** Changes stored bytes behind the storage's back. */
  protected abstract void flip(ModelFile file) throws IOException;

  @BeforeEach
  void openRegistry() {
    registry = registry();
  }

  protected static TrainingId training(String suffix) {
    return new TrainingId(PROJECT, suffix);
  }

  protected static Registration registration(TrainingId training, String model) {
    return registration(training, DAMAGE, Change.PATCH, model);
  }

  protected static Registration registration(
      TrainingId training, ModelName name, Change change, String model) {
    return new Registration(
        training,
        name,
        change,
        List.of(bytes("model.onnx", model), bytes("labels.txt", "0\n1\n")),
        "{\"title\":\"Damage\"}".getBytes(UTF_8));
  }

  protected static ModelSource bytes(String name, String content) {
    return ModelSource.of(name, content.getBytes(UTF_8));
  }

  protected RegisteredModel candidate(int number) {
    var model = registry.register(registration(training("t0000" + number), "weights " + number));
    return registry.attachEvidence(
        PROJECT, model.id(), List.of(bytes("evaluation.json", "{\"n\":" + number + "}")));
  }

  protected static Promotion promotion(RegisteredModel model, ModelVersionId champion) {
    return new Promotion(
        model.training() + "/promote",
        model.project(),
        model.id(),
        model.artefact(),
        model.evidence(),
        champion,
        null);
  }

  protected RegisteredModel champion(RegisteredModel model, ModelVersionId former) {
    return registry.promote(promotion(model, former));
  }

  protected static void assertRejected(ErrorCode code, String named, ThrowingCallable call) {
    var rejection = catchThrowableOfType(Rejection.class, call);
    assertThat(rejection).isNotNull();
    assertThat(rejection.code()).isEqualTo(code);
    assertThat(rejection).hasMessageContaining(named);
  }

  private String text(ModelFile file) {
    return new String(file.content().read(store(), 1000), UTF_8);
  }

  private RegisteredModel found(RegisteredModel model) {
    return registry.find(model.project(), model.id()).orElseThrow();
  }

  @Test
  void aTrainingRegistersOneVersion() {
    var first = registry.register(registration(training("aaaaaa"), "weights"));
    var again =
        registry.register(registration(training("aaaaaa"), DAMAGE, Change.MAJOR, "weights"));
    assertThat(again).isEqualTo(first);
    assertThat(first.id()).isEqualTo(ModelVersionId.parse("damage@1.0.0"));
    assertThat(first.alias()).isEqualTo(Alias.CANDIDATE);
    assertThat(first.promoted()).isFalse();
    assertThat(first.evidence()).isNull();
    assertThat(registry.find(training("aaaaaa"))).contains(first);
    assertThat(registry.find(PROJECT, first.id())).contains(first);
    assertThat(registry.versions(PROJECT, DAMAGE, 10, null).items()).containsExactly(first);
  }

  @Test
  void aTrainingThatRegistersSomethingElseIsRefused() {
    var first = registry.register(registration(training("aaaaaa"), "weights"));
    assertRejected(
        ErrorCode.ALREADY_EXISTS,
        "damage@1.0.0",
        () -> registry.register(registration(training("aaaaaa"), "other weights")));
    var other = new ModelName("other");
    assertRejected(
        ErrorCode.ALREADY_EXISTS,
        "damage@1.0.0",
        () -> registry.register(registration(training("aaaaaa"), other, Change.PATCH, "weights")));
    assertThat(found(first)).isEqualTo(first);
    assertThat(registry.model(PROJECT, other)).isEmpty();
  }

  @Test
  void registeringAtOnceGivesEachTrainingItsOwnNumber() throws Exception {
    var trainings = IntStream.range(0, 16).mapToObj(n -> training("t%05d".formatted(n / 2)));
    var registered =
        atOnce(
            trainings
                .map(
                    one ->
                        (Callable<RegisteredModel>)
                            () -> registry.register(registration(one, one.value())))
                .toList());
    assertThat(registered).allMatch(RegisteredModel.class::isInstance);
    assertThat(registry.versions(PROJECT, DAMAGE, 100, null).items())
        .extracting(model -> model.id().patch())
        .containsExactly(7, 6, 5, 4, 3, 2, 1, 0);
  }

  @Test
  void versionsFollowSemanticOrder() {
    var changes = new ArrayList<Change>(List.of(Change.PATCH));
    for (var n = 0; n < 10; n++) {
      changes.add(Change.MINOR);
    }
    changes.addAll(List.of(Change.PATCH, Change.MAJOR, Change.PATCH));
    for (var n = 0; n < changes.size(); n++) {
      registry.register(
          registration(training("t%05d".formatted(n)), DAMAGE, changes.get(n), "w" + n));
    }
    var all = registry.versions(PROJECT, DAMAGE, 100, null).items();
    assertThat(all)
        .extracting(model -> model.id().label())
        .startsWith("2.0.1", "2.0.0", "1.10.1", "1.10.0", "1.9.0", "1.8.0")
        .endsWith("1.1.0", "1.0.0")
        .hasSize(14);
    assertThat(registry.model(PROJECT, DAMAGE))
        .contains(new ModelSummary(DAMAGE, null, all.get(0).id(), 14, null));
  }

  @Test
  void theArtefactsChecksumIsThatOfSha256sum() {
    var model = registry.register(registration(training("aaaaaa"), "weights"));
    var lines = Sha256.of("0\n1\n") + "  labels.txt\n" + Sha256.of("weights") + "  model.onnx\n";
    assertThat(model.artefact()).isEqualTo(Sha256.of(lines));
    assertThat(model.files())
        .extracting(ModelFile::name, this::text, file -> file.bucket().value())
        .containsExactly(
            tuple("labels.txt", "0\n1\n", "nsi-dev-ml-strikes-mdl"),
            tuple("model.onnx", "weights", "nsi-dev-ml-strikes-mdl"));
    assertThat(text(model.card())).isEqualTo("{\"title\":\"Damage\"}");
    assertThat(model.requireFile("model.onnx").size()).isEqualTo(7);
    assertThatThrownBy(() -> model.requireFile("model.pkl"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("labels.txt, model.onnx");
  }

  @Test
  void filesAreTakenFromStorageIfTheirBytesAreThoseOnRecord() {
    var work = new BucketName("nsi-dev-ml-strikes-work");
    store().ensureBucket(work, PROJECT);
    var output =
        store()
            .put(work, "a/model.onnx", new ByteArrayInputStream("net".getBytes(UTF_8)), Map.of());
    var content = VerifiedContent.of(output);
    var wrong = new VerifiedContent(work, "a/model.onnx", output.versionId(), 3, Sha256.of("not"));
    assertRejected(
        ErrorCode.DATA_CHANGED,
        "a/model.onnx",
        () -> registry.register(stored(training("aaaaaa"), wrong)));
    assertThat(registry.find(training("aaaaaa"))).isEmpty();
    var model = registry.register(stored(training("aaaaaa"), content));
    assertThat(text(model.requireFile("model.onnx"))).isEqualTo("net");
    assertThat(registry.register(stored(training("aaaaaa"), content))).isEqualTo(model);
  }

  private static Registration stored(TrainingId training, VerifiedContent content) {
    return new Registration(
        training,
        DAMAGE,
        Change.PATCH,
        List.of(ModelSource.stored("model.onnx", content)),
        "{}".getBytes(UTF_8));
  }

  @Test
  void malformedFilesAreRefusedBeforeAnythingIsStored() {
    for (var name :
        List.of("", "..", "a/b", "../a", "a b", ".hidden", "a\0", "ä", "x".repeat(101))) {
      assertThatThrownBy(() -> bytes(name, "x")).as(name).isInstanceOf(Invalid.class);
    }
    var twice = List.of(bytes("a", "1"), bytes("a", "2"));
    assertThatThrownBy(
            () ->
                new Registration(training("aaaaaa"), DAMAGE, Change.PATCH, twice, new byte[] {'{'}))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(
            () ->
                new Registration(
                    training("aaaaaa"), DAMAGE, Change.PATCH, List.of(), new byte[] {'{'}))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void evidenceIsReplacedWhileTheVersionIsCandidate() {
    var model = registry.register(registration(training("aaaaaa"), "weights"));
    var first =
        registry.attachEvidence(
            PROJECT, model.id(), List.of(bytes("gate.json", "1"), bytes("drift.json", "{}")));
    assertThat(first.evidence())
        .isEqualTo(
            Sha256.of(
                model.card().sha256()
                    + "  card.json\n"
                    + Sha256.of("{}")
                    + "  drift.json\n"
                    + Sha256.of("1")
                    + "  gate.json\n"));
    var second =
        registry.attachEvidence(
            PROJECT,
            model.id(),
            List.of(bytes("gate.json", "2"), bytes("card.json", "{\"complete\":true}")));
    assertThat(second.evidenceFiles()).extracting(this::text).containsExactly("2");
    assertThat(text(second.card())).isEqualTo("{\"complete\":true}");
    assertThat(second.evidence()).isNotEqualTo(first.evidence());
    assertThat(second.artefact()).isEqualTo(model.artefact());
    assertThat(registry.attachEvidence(PROJECT, model.id(), List.of(bytes("gate.json", "2"))))
        .isEqualTo(second);
    champion(second, null);
    assertRejected(
        ErrorCode.WRONG_STATE,
        "champion",
        () -> registry.attachEvidence(PROJECT, model.id(), List.of(bytes("gate.json", "3"))));
    assertThat(found(model).evidence()).isEqualTo(second.evidence());
    assertThat(registry.register(registration(training("aaaaaa"), "weights")))
        .isEqualTo(found(model));
  }

  @Test
  void promotionMovesTheAliasAndKeepsTheHistory() {
    var one = candidate(1);
    var two = candidate(2);
    var owner = CallContext.of(Actor.user("olivia", java.util.Set.of()));
    owner.run(() -> champion(one, null));
    var promoted = owner.call(() -> champion(two, one.id()));
    assertThat(promoted.alias()).isEqualTo(Alias.CHAMPION);
    assertThat(promoted.promoted()).isTrue();
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION)).contains(promoted);
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.ARCHIVED)).contains(found(one));
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CANDIDATE)).isEmpty();
    assertThat(registry.model(PROJECT, DAMAGE))
        .contains(new ModelSummary(DAMAGE, two.id(), two.id(), 2, one.id()));
    var history = registry.history(PROJECT, DAMAGE, 10, null).items();
    assertThat(history)
        .extracting(AliasMove::kind, AliasMove::version, AliasMove::from, AliasMove::person)
        .containsExactly(
            tuple(Kind.PROMOTED, two.id(), one.id(), "olivia"),
            tuple(Kind.PROMOTED, one.id(), null, "olivia"),
            tuple(Kind.REGISTERED, two.id(), null, "balsam"),
            tuple(Kind.REGISTERED, one.id(), null, "balsam"));
    assertThat(history.get(0))
        .extracting(AliasMove::artefact, AliasMove::evidence, AliasMove::rollbackTarget)
        .containsExactly(two.artefact(), two.evidence(), one.id());
  }

  @Test
  void aPromotionUnderOneKeyHappensOnce() {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    champion(two, one.id());
    assertThat(champion(two, one.id()).alias()).isEqualTo(Alias.CHAMPION);
    registry.rollback(new Rollback("back", PROJECT, two.id(), one.id()));
    assertThat(champion(two, one.id()).alias()).isEqualTo(Alias.ARCHIVED);
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
        .isEqualTo(one.id());
    assertRejected(
        ErrorCode.ALREADY_EXISTS,
        "back",
        () ->
            registry.promote(
                new Promotion(
                    "back", PROJECT, two.id(), two.artefact(), two.evidence(), one.id(), null)));
  }

  @Test
  void promotionIsVoidWhenOtherChecksumsWereApproved() {
    var model = candidate(1);
    var other = Sha256.of("other");
    assertRejected(
        ErrorCode.ARTEFACT_CHANGED,
        other.value(),
        () ->
            registry.promote(
                new Promotion("k", PROJECT, model.id(), other, model.evidence(), null, null)));
    registry.attachEvidence(PROJECT, model.id(), List.of(bytes("evaluation.json", "{\"n\":9}")));
    assertRejected(
        ErrorCode.EVIDENCE_CHANGED, model.evidence().value(), () -> champion(model, null));
    var bare = registry.register(registration(training("bbbbbb"), "bare"));
    assertRejected(
        ErrorCode.EVIDENCE_CHANGED,
        "none",
        () ->
            registry.promote(
                new Promotion("k", PROJECT, bare.id(), bare.artefact(), other, null, null)));
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION)).isEmpty();
  }

  @Test
  void promotionIsVoidWhenBytesInStorageChanged() throws IOException {
    var model = candidate(1);
    flip(model.requireFile("model.onnx"));
    assertRejected(ErrorCode.ARTEFACT_CHANGED, "model.onnx", () -> champion(model, null));
    flip(model.requireFile("model.onnx"));
    flip(model.evidenceFiles().get(0));
    assertRejected(ErrorCode.EVIDENCE_CHANGED, "evaluation.json", () -> champion(model, null));
    assertRejected(
        ErrorCode.EVIDENCE_CHANGED, "evaluation.json", () -> registry.verify(PROJECT, model.id()));
    flip(model.evidenceFiles().get(0));
    flip(model.card());
    assertRejected(ErrorCode.EVIDENCE_CHANGED, "card.json", () -> champion(model, null));
    flip(model.card());
    registry.verify(PROJECT, model.id());
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION)).isEmpty();
    assertThat(champion(model, null).alias()).isEqualTo(Alias.CHAMPION);
  }

  @Test
  void promotionIsVoidWhenAnotherIsChampionThanExpected() {
    var one = candidate(1);
    var two = candidate(2);
    assertRejected(
        ErrorCode.CHAMPION_CHANGED, "is none, not damage@1.0.0", () -> champion(two, one.id()));
    champion(one, null);
    assertRejected(
        ErrorCode.CHAMPION_CHANGED, "is damage@1.0.0, not none", () -> champion(two, null));
    assertThat(found(two)).isEqualTo(two);
  }

  @Test
  void ofSixteenPromotionsAtOnceOneWins() throws Exception {
    var first = champion(candidate(0), null);
    var candidates =
        IntStream.range(10, 26)
            .mapToObj(n -> registry.register(registration(training("x000" + n), "w" + n)))
            .map(
                model ->
                    registry.attachEvidence(
                        PROJECT, model.id(), List.of(bytes("gate.json", model.id().value()))))
            .toList();
    var outcomes =
        atOnce(
            candidates.stream()
                .map(model -> (Callable<RegisteredModel>) () -> champion(model, first.id()))
                .toList());
    var winners =
        outcomes.stream()
            .filter(RegisteredModel.class::isInstance)
            .map(RegisteredModel.class::cast);
    var winner = winners.toList();
    assertThat(winner).hasSize(1);
    assertThat(outcomes.stream().filter(Rejection.class::isInstance).map(Rejection.class::cast))
        .hasSize(15)
        .allMatch(rejection -> rejection.code() == ErrorCode.CHAMPION_CHANGED);
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION)).contains(winner.get(0));
    assertThat(registry.versions(PROJECT, DAMAGE, 100, null).items())
        .filteredOn(model -> model.alias() == Alias.CANDIDATE)
        .hasSize(15);
  }

  private static List<Object> atOnce(List<Callable<RegisteredModel>> calls) throws Exception {
    var barrier = new CyclicBarrier(calls.size());
    var threads = Executors.newFixedThreadPool(calls.size());
    try {
      var outcomes = new ArrayList<Object>();
      for (var outcome :
          threads.invokeAll(
              calls.stream()
                  .map(call -> (Callable<Object>) () -> outcome(barrier, call))
                  .toList())) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Object outcome(CyclicBarrier barrier, Callable<RegisteredModel> call)
      throws Exception {
    barrier.await();
    try {
      return call.call();
    } catch (Rejection rejection) {
      return rejection;
    }
  }

  @Test
  void rollingBackReturnsToTheNamedTarget() throws IOException {
    var one = champion(candidate(1), null);
    var two = champion(candidate(2), one.id());
    var three = candidate(3);
    registry.promote(
        new Promotion(
            "three", PROJECT, three.id(), three.artefact(), three.evidence(), two.id(), one.id()));
    var target = registry.model(PROJECT, DAMAGE).orElseThrow().rollbackTarget();
    assertThat(target).isEqualTo(one.id());
    var back = new Rollback("incident 7", PROJECT, three.id(), target);
    assertThat(registry.rollback(back).alias()).isEqualTo(Alias.CHAMPION);
    assertThat(registry.rollback(back).alias()).isEqualTo(Alias.CHAMPION);
    assertThat(found(three).alias()).isEqualTo(Alias.ARCHIVED);
    assertThat(found(three).promoted()).isTrue();
    assertThat(registry.model(PROJECT, DAMAGE).orElseThrow().rollbackTarget()).isNull();
    assertThat(registry.history(PROJECT, DAMAGE, 1, null).items())
        .extracting(AliasMove::kind, AliasMove::version, AliasMove::from, AliasMove::key)
        .containsExactly(tuple(Kind.ROLLED_BACK, one.id(), three.id(), "incident 7"));

    assertRejected(
        ErrorCode.CHAMPION_CHANGED,
        "is damage@1.0.0",
        () -> registry.rollback(new Rollback("again", PROJECT, three.id(), two.id())));
    flip(found(two).requireFile("model.onnx"));
    assertRejected(
        ErrorCode.ARTEFACT_CHANGED,
        "model.onnx",
        () -> registry.rollback(new Rollback("again", PROJECT, one.id(), two.id())));
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION).orElseThrow().id())
        .isEqualTo(one.id());
  }

  @Test
  void theChampionIsReadToActOnIt() {
    var model = candidate(1);
    assertThatThrownBy(() -> registry.lockChampion(PROJECT, DAMAGE)).isInstanceOf(NotFound.class);
    champion(model, null);
    assertThat(registry.lockChampion(PROJECT, DAMAGE).id()).isEqualTo(model.id());
    assertThatThrownBy(() -> registry.lockChampion(OTHER, DAMAGE)).isInstanceOf(NotFound.class);
  }

  @Test
  void onlyAFormerChampionIsRolledBackTo() {
    var one = champion(candidate(1), null);
    var two = candidate(2);
    assertRejected(
        ErrorCode.WRONG_STATE,
        "never was champion",
        () -> registry.rollback(new Rollback("k", PROJECT, one.id(), two.id())));
    assertRejected(
        ErrorCode.WRONG_STATE,
        "nothing to roll back",
        () -> registry.rollback(new Rollback("k", PROJECT, one.id(), one.id())));
    assertRejected(
        ErrorCode.WRONG_STATE,
        "never was champion",
        () ->
            registry.promote(
                new Promotion(
                    "k", PROJECT, two.id(), two.artefact(), two.evidence(), one.id(), two.id())));
    assertThat(found(two).alias()).isEqualTo(Alias.CANDIDATE);
  }

  @Test
  void aCandidateThatWasGivenUpIsNotPromoted() {
    var model = candidate(1);
    assertThat(registry.archive(PROJECT, model.id()).alias()).isEqualTo(Alias.ARCHIVED);
    assertThat(registry.archive(PROJECT, model.id()).alias()).isEqualTo(Alias.ARCHIVED);
    assertRejected(ErrorCode.WRONG_STATE, "archived", () -> champion(model, null));
    assertThat(registry.history(PROJECT, DAMAGE, 10, null).items())
        .extracting(AliasMove::kind)
        .containsExactly(Kind.ARCHIVED, Kind.REGISTERED);
    var two = champion(candidate(2), null);
    assertRejected(ErrorCode.WRONG_STATE, "champion", () -> registry.archive(PROJECT, two.id()));
  }

  @Test
  void whatIsUnknownIsNotFound() {
    var unknown = ModelVersionId.parse("damage@9.9.9");
    var hash = Sha256.of("x");
    assertThat(registry.find(PROJECT, unknown)).isEmpty();
    assertThat(registry.find(training("zzzzzz"))).isEmpty();
    assertThat(registry.model(PROJECT, DAMAGE)).isEmpty();
    assertThat(registry.alias(PROJECT, DAMAGE, Alias.CHAMPION)).isEmpty();
    assertThat(registry.versions(PROJECT, DAMAGE, 10, null).items()).isEmpty();
    assertThat(registry.history(PROJECT, DAMAGE, 10, null).items()).isEmpty();
    assertThat(registry.models(PROJECT, 10, null).items()).isEmpty();
    var calls =
        List.<ThrowingCallable>of(
            () -> registry.verify(PROJECT, unknown),
            () -> registry.archive(PROJECT, unknown),
            () -> registry.attachEvidence(PROJECT, unknown, List.of()),
            () -> registry.rollback(new Rollback("k", PROJECT, unknown, unknown)),
            () -> registry.promote(new Promotion("k", PROJECT, unknown, hash, hash, null, null)));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(NotFound.class)
                    .hasMessageContaining("damage@9.9.9"));
  }

  @Test
  void aProjectSeesOnlyItsOwnModels() {
    var mine = champion(candidate(1), null);
    var theirs =
        registry.register(
            registration(new TrainingId(OTHER, "t00001"), DAMAGE, Change.PATCH, "theirs"));
    assertThat(theirs.id()).isEqualTo(mine.id());
    assertThat(theirs.files().get(0).bucket().value()).isEqualTo("nsi-dev-ml-other-mdl");
    assertThat(registry.find(PROJECT, mine.id()).orElseThrow().artefact())
        .isEqualTo(mine.artefact())
        .isNotEqualTo(theirs.artefact());
    assertThat(registry.alias(OTHER, DAMAGE, Alias.CHAMPION)).isEmpty();
    registry.archive(OTHER, theirs.id());
    assertThat(found(mine).alias()).isEqualTo(Alias.CHAMPION);
    assertThat(registry.versions(OTHER, DAMAGE, 10, null).items())
        .extracting(RegisteredModel::project)
        .containsExactly(OTHER);
    assertThat(registry.history(OTHER, DAMAGE, 10, null).items()).hasSize(2);
    assertThat(registry.models(new ProjectId("nobody"), 10, null).items()).isEmpty();
  }

  @Test
  void listsAreReadPageByPage() {
    for (var n = 0; n < 5; n++) {
      var name = new ModelName("model-" + n);
      registry.register(registration(training("m0000" + n), name, Change.PATCH, "m" + n));
      candidate(n);
    }
    var versions = new ArrayList<Integer>();
    Page<RegisteredModel> page = null;
    do {
      page = registry.versions(PROJECT, DAMAGE, 2, page == null ? null : page.next());
      page.items().forEach(model -> versions.add(model.id().patch()));
    } while (page.next() != null);
    assertThat(versions).containsExactly(4, 3, 2, 1, 0);

    var names = registry.models(PROJECT, 4, null);
    assertThat(names.items())
        .extracting(model -> model.name().value())
        .containsExactly("damage", "model-0", "model-1", "model-2");
    assertThat(registry.models(PROJECT, 4, names.next()).items())
        .extracting(model -> model.name().value())
        .containsExactly("model-3", "model-4");

    var moves = registry.history(PROJECT, DAMAGE, 3, null);
    assertThat(registry.history(PROJECT, DAMAGE, 3, moves.next()).items())
        .extracting(move -> move.version().patch())
        .containsExactly(1, 0);
    assertThatThrownBy(() -> registry.models(PROJECT, 0, null)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> registry.versions(PROJECT, DAMAGE, 201, null))
        .isInstanceOf(Invalid.class);
    for (var cursor : List.of("x", "1.0", "' or 1=1", "")) {
      assertThatThrownBy(() -> registry.versions(PROJECT, DAMAGE, 1, cursor))
          .isInstanceOf(Invalid.class);
      assertThatThrownBy(() -> registry.history(PROJECT, DAMAGE, 1, cursor))
          .isInstanceOf(Invalid.class);
    }
  }
}
