package org.balsam.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.Forge.Author;
import org.balsam.platform.forge.Forge.Change;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The ports as the application publishes them, with the real trail and database. */
@SpringBootTest
class PublishedPortsTest {

  private static final Author OLA = new Author("Ola Owner", "ola@nsi.invalid");

  @Autowired ObjectStore store;
  @Autowired BucketNames buckets;
  @Autowired Forge forge;
  @Autowired Messenger messenger;
  @Autowired JdbcClient database;
  @Autowired TransactionTemplate transactions;

  private List<String> recorded(ProjectId project) {
    return database
        .sql(
            "select action || ' ' || outcome from audit_event where project = :project"
                + " order by occurred_at, writer_seq")
        .param("project", project.value())
        .query(String.class)
        .list();
  }

  @Test
  void effectsAreRecordedWithTheCallersTransactionAndRefusalsWithout() {
    var project = new ProjectId("ports-one");
    var raw = buckets.of(project, "raw");
    store.ensureBucket(raw, project);
    var bytes = "one".getBytes(UTF_8);
    var object = store.put(raw, "a", new ByteArrayInputStream(bytes), Map.of());
    store.hold(raw, "a", object.versionId(), true);
    forge.ensureRepository(project, Map.of("a", bytes), OLA);
    var before = recorded(project);
    transactions.executeWithoutResult(
        status -> {
          messenger.send(
              new Notice("ports-one/lost", Kind.PROGRESS, project, List.of(), "Lost", "", ""));
          assertThatThrownBy(() -> store.destroy(raw, "a", object.versionId()))
              .isInstanceOf(Rejection.class);
          assertThatThrownBy(
                  () ->
                      forge.commit(
                          project, "main", new Change(Map.of("b", bytes), "No", OLA, false)))
              .isInstanceOf(Rejection.class);
          status.setRollbackOnly();
        });
    assertThat(before)
        .containsExactly(
            "bucket.created done",
            "object.stored done",
            "object.held done",
            "repository.created done");
    assertThat(recorded(project).subList(before.size(), before.size() + 2))
        .containsExactlyInAnyOrder("object.destroyed refused", "branch.committed refused");
    assertThat(recorded(project)).hasSize(before.size() + 2);
  }

  @Test
  void aNoticeIsInTheInboxOnceItIsCommitted() {
    var project = new ProjectId("ports-two");
    var notice =
        new Notice(
            "ports-two/hello",
            Kind.PROGRESS,
            project,
            List.of("ports-two/owner"),
            "Hello",
            "",
            "/");
    messenger.ensureChannel(project);
    messenger.send(notice);
    assertThat(messenger.inbox(Set.of("ports-two/owner"), 10))
        .extracting(Messenger.Received::notice)
        .containsExactly(notice);
    assertThat(recorded(project)).containsExactly("channel.created done", "notice.queued done");
  }
}
