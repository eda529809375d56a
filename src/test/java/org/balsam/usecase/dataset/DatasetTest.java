package org.balsam.usecase.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class DatasetTest {

  private static final String YAML =
      """
      balsam: 1
      product: { title: Jobs, type: official, frequency: quarter, unit: jobs }
      inputs:
        ces:
          dataset: raw/ces
          known: { r0: 2, default: 3 }
          required: true
        previous:
          dataset: rel/jobs
          of: previous-revision
          required: false
      stages:
        - name: tables
          steps:
            - name: tables
              gsbpm: "6.1"
              sql: tables.sql
              inputs: [ces]
              outputs:
                - { dataset: out/jobs, file: jobs.csv }
      release:
        - out/jobs
      """;
  private static int count;

  @Autowired StoreObject storeObject;
  @Autowired FreezeInputs freezeInputs;
  @Autowired DeliverableDatasets deliverable;
  @Autowired ReleaseDataset releaseDataset;
  @Autowired DatasetCatalogue catalogue;
  @Autowired Forge forge;
  @Autowired ObjectStore store;
  @Autowired BucketNames buckets;
  @Autowired BalsamHome home;

  ProjectId project;
  DatasetId ces;
  Actor producer;
  String commit;

  @BeforeEach
  void makeProject() {
    project = new ProjectId("jobs-" + (char) ('a' + count++));
    ces = new DatasetId(project, Layer.RAW, "ces");
    producer = Actor.user("pat", Set.of(Role.PRODUCTION.group(project), Role.OWNER.group(project)));
    commit =
        forge.ensureRepository(
            project,
            Map.of(
                "balsam.yaml", YAML.getBytes(StandardCharsets.UTF_8),
                "tables.sql", "select 1;".getBytes(StandardCharsets.UTF_8)),
            new Forge.Author("Pat", "pat@example.invalid"));
    for (var kind : List.of("raw", "work", "out", "rel", "prov")) {
      store.ensureBucket(buckets.of(project, kind), project);
    }
  }

  @Test
  void aRoundSeesOnlyTheMonthsKnownAtItsTime() {
    deliver("2008-12", "m,v\n2008-12,1\n");
    deliver("2009-01", "m,v\n2009-01,2\n");
    deliver("2009-02", "m,v\n2009-02,3\n");
    deliver("2009-03", "m,v\n2009-03,4\n");
    deliver("2009-04", "m,v\n2009-04,5\n");

    assertThat(keys(freeze("2009-q1", 0))).containsExactly("2008-12", "2009-01", "2009-02");
    assertThat(keys(freeze("2009-q1", 1)))
        .containsExactly("2008-12", "2009-01", "2009-02", "2009-03");
  }

  @Test
  void namesTheMonthsThatAreMissing() {
    deliver("2009-01", "m,v\n2009-01,2\n");
    var result = freeze("2009-q1", 0);
    assertThat(result.complete()).isFalse();
    assertThat(result.changes())
        .contains("MISSING ces:")
        .contains("no delivery for 2009-02")
        .contains("this release needs 2009-01, 2009-02, 1 missing (2009-02); ");
  }

  @Test
  void freezingUnchangedDataGivesTheSameVersionAndChangedDataTheNextBuild() {
    deliver("2009-01", "m,v\n2009-01,2\n");
    deliver("2009-02", "m,v\n2009-02,3\n");
    var first = freeze("2009-q1", 0);
    assertThat(freeze("2009-q1", 0).inputSet()).isEqualTo(first.inputSet());

    deliver("2009-02", "m,v\n2009-02,33\n");
    var second = freeze("2009-q1", 0);
    assertThat(versions(second)).containsOnly(ces + "@2009-q1-r0.2");
    assertThat(versions(first)).containsOnly(ces + "@2009-q1-r0.1");
    assertThat(catalogue.versions(ces, 10, null, producer).items())
        .extracting(version -> version.id().build())
        .containsExactly(2, 1);
  }

  @Test
  void freezingCopiesNoObject() {
    deliver("2009-01", "m,v\n2009-01,2\n");
    deliver("2009-02", "m,v\n2009-02,3\n");
    freeze("2009-q1", 0);
    try (var objects = store.list(buckets.of(project, "raw"), "")) {
      assertThat(objects.count()).isEqualTo(2);
    }
  }

  @Test
  void saysWhatChangedAgainstThePreviousRound() {
    deliver("2008-12", "m,v\n2008-12,1\n");
    deliver("2008-10", "m,v\n2008-10,1\n");
    deliver("2008-11", "m,v\n2008-11,1\n");
    freeze("2008-q4", 1);
    deliver("2008-11", "m,v\n2008-11,7\n");
    deliver("2009-01", "m,v\n2009-01,2\n");
    deliver("2009-02", "m,v\n2009-02,3\n");
    assertThat(freeze("2009-q1", 0).changes())
        .contains("2 new (2009-01", "1 changed (2008-11", "0 no longer there", "+2 rows")
        .contains("this release needs 2009-01, 2009-02, 0 missing; ")
        .contains("compared with what revision 1 of 2008-Q4 froze (2008-q4-r1.1)");
  }

  @Test
  void saysWhatMayBeDeliveredAndWhatWas() {
    deliver("2008-12", "m,v\n2008-12,1\n");
    deliver("2009-01", "m,v\n2009-01,2\n2009-01,3\n");
    var datasets = deliverable.of(project, producer);
    assertThat(datasets).hasSize(1);
    var dataset = datasets.get(0);
    assertThat(dataset.dataset()).isEqualTo("raw/ces");
    assertThat(dataset.inputs()).containsExactly("ces");
    assertThat(dataset.required()).isTrue();
    assertThat(dataset.frequency()).isEqualTo(Period.Frequency.MONTH);
    assertThat(dataset.delivered())
        .extracting(file -> file.period() + " " + file.file() + " " + file.rows())
        .containsExactly("2009-01 ces.csv 2", "2008-12 ces.csv 1");
    var outsider = Actor.user("olga", Set.of("other/owner"));
    assertThatThrownBy(() -> deliverable.of(project, outsider)).isInstanceOf(NotFound.class);
  }

  @Test
  void aDeliveryMustBeCsvWithASafeNameByAPersonWhoMay() {
    assertThatThrownBy(() -> deliver("2009-01", "a,\"b\n1,2\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("ces.csv")
        .hasMessageContaining("RFC 4180")
        .hasMessageNotContaining("Exception");
    assertThatThrownBy(() -> deliver("../x", "2009-01", "m,v\n", producer))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("allowed are 1 to 128");
    var auditor = Actor.user("ann", Set.of(Role.AUDITOR.group(project)));
    assertThatThrownBy(() -> deliver("ces.csv", "2009-01", "m,v\n", auditor))
        .isInstanceOf(Forbidden.class);
    var outsider = Actor.user("olga", Set.of("other/owner"));
    assertThatThrownBy(() -> deliver("ces.csv", "2009-01", "m,v\n", outsider))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void releasesExactlyTheApprovedBytesUnderRetention() throws Exception {
    var outputs = outputs("period,jobs\n2009-Q1,7\n");
    var round = RoundId.parse(project + "-2009-q1-r0");
    var command = new ReleaseDataset.Command(round, commit, outputs);
    var released = releaseDataset.handle(command).releaseSet();
    assertThat(releaseDataset.handle(command).releaseSet()).isEqualTo(released);

    var entry = Manifest.read(store, released).entries().get(0);
    assertThat(entry.datasetVersion()).isEqualTo(project + "/rel/jobs@2009-q1-r0.1");
    assertThat(entry.rows()).isEqualTo(1);
    assertThatThrownBy(() -> store.destroy(entry.bucket(), entry.key(), entry.versionId()))
        .isInstanceOf(Rejection.class)
        .extracting("code")
        .isEqualTo(ErrorCode.OBJECT_LOCKED);
  }

  @Test
  void theRevisionBeforeIsTheLastOneThatWasReleased() {
    var outputs = outputs("period,jobs\n2009-Q1,7\n");
    var first = RoundId.parse(project + "-2009-q1-r0");
    releaseDataset.handle(new ReleaseDataset.Command(first, commit, outputs));

    assertThat(freeze("2009-q1", 2).changes())
        .contains("previous: " + project + "/rel/jobs@2009-q1-r0.1");
    assertThat(freeze("2009-q1", 0).changes())
        .contains("previous: nothing, since this is the first release of ");
  }

  @Test
  void releasesNothingWhenAByteWasChangedInStorage() throws Exception {
    var outputs = outputs("period,jobs\n2009-Q1,7\n");
    tamper("2009-Q1,7", "2009-Q1,8");
    var command =
        new ReleaseDataset.Command(RoundId.parse(project + "-2009-q1-r0"), commit, outputs);
    assertThatThrownBy(() -> releaseDataset.handle(command))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("was recorded")
        .extracting("code")
        .isEqualTo(ErrorCode.DATA_CHANGED);
    try (var objects = store.list(buckets.of(project, "rel"), "")) {
      assertThat(objects.count()).isZero();
    }
  }

  @Test
  void whatIsFrozenIsTaggedWithWhatFrozeItFirst() {
    var january = deliver("2009-01", "m,v\n2009-01,2\n");
    freeze("2009-q1", 0);
    var february = deliver("2009-02", "m,v\n2009-02,3\n");
    freeze("2009-q1", 0);
    freeze("2009-q1", 1);
    var round = project + "-2009-q1-r0";
    assertThat(store.tags(january.bucket(), january.key(), january.versionId()))
        .containsEntry("project", project.value())
        .containsEntry("round", round)
        .containsEntry("dataset", ces + "@2009-q1-r0.1");
    assertThat(store.tags(february.bucket(), february.key(), february.versionId()))
        .containsEntry("round", round)
        .containsEntry("dataset", ces + "@2009-q1-r0.2");
  }

  @Test
  void restoringAVersionMakesItsObjectsTheNewestAgain() throws Exception {
    deliver("2009-01", "m,v\n2009-01,2\n");
    deliver("2009-02", "m,v\n2009-02,3\n");
    freeze("2009-q1", 0);
    deliver("2009-02", "m,v\n2009-02,33\n");
    freeze("2009-q1", 0);
    var first = catalogue.versions(ces, 10, null, producer).items().get(1).id();
    var second = catalogue.versions(ces, 10, null, producer).items().get(0).id();
    assertThat(catalogue.diff(first, second, producer).changes())
        .extracting(DatasetDiff.Change::kind)
        .containsExactly(DatasetDiff.Kind.CHANGED);

    catalogue.restore(first, producer);
    var current =
        store.find(buckets.of(project, "raw"), "2009-02/r0/raw/ces/b001/ces.csv").orElseThrow();
    assertThat(current.sha256()).isEqualTo(Sha256.of("m,v\n2009-02,3\n"));
    var key = "2009-01/r0/raw/ces/b001/ces.csv";
    try (var content = catalogue.open(second, "ces.csv", key, producer)) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8)).contains("2009-01,2");
    }
    assertThatThrownBy(() -> catalogue.open(second, "ces.csv", null, producer))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("has 2 files with the name 'ces.csv'")
        .hasMessageContaining(key);
    assertThatThrownBy(() -> catalogue.download(second, "other.csv", key, producer))
        .isInstanceOf(NotFound.class);
  }

  private StoredObject deliver(String period, String csv) {
    return deliver("ces.csv", period, csv, producer);
  }

  private StoredObject deliver(String file, String period, String csv, Actor actor) {
    var content = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    return storeObject.handle(
        new StoreObject.Command(ces, new Period(period), 0, file, content, actor));
  }

  private FreezeInputs.Result freeze(String period, int revision) {
    return freezeInputs.handle(
        new FreezeInputs.Command(new RoundId(project, new Period(period), revision), commit));
  }

  private List<String> keys(FreezeInputs.Result result) {
    return Manifest.read(store, result.inputSet()).entries().stream()
        .map(entry -> entry.key().substring(0, entry.key().indexOf('/')))
        .toList();
  }

  private List<String> versions(FreezeInputs.Result result) {
    return Manifest.read(store, result.inputSet()).entries().stream()
        .map(Manifest.Entry::datasetVersion)
        .toList();
  }

  private Manifest.Reference outputs(String csv) {
    var bucket = buckets.of(project, "out");
    var content = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    var stored = store.put(bucket, "2009-q1/r0/out/jobs/b001/jobs.csv", content, Map.of());
    var entry =
        new Manifest.Entry(
            "out/jobs",
            project + "/out/jobs@2009-q1-r0.1",
            bucket,
            stored.key(),
            stored.versionId(),
            stored.size(),
            stored.sha256(),
            1,
            stored.lastModified());
    return new Manifest(List.of(entry))
        .store(store, buckets.of(project, "prov"), "outputs/manifest.csv");
  }

  /** Changes bytes behind the adapter's back, as a faulty disk or an intruder would. */
  private void tamper(String from, String to) throws IOException {
    try (var files = Files.walk(home.resolve("objects"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains(from)) {
          file.toFile().setWritable(true);
          Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
        }
      }
    }
  }
}
