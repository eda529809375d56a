package org.balsam.usecase.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.platform.library.LibraryProperties;
import org.balsam.platform.library.LibraryProperties.Source;
import org.balsam.platform.library.LibraryServers;
import org.balsam.testing.GitServer;
import org.balsam.testing.GitServer.Entry;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.util.unit.DataSize;

/** Real repositories over HTTP, indexed in a real PostgreSQL. */
class RefreshLibraryTest {

  private static final Actor READER = Actor.user("reader", Set.of("emp-one/subject"));
  private static final Actor STRANGER = Actor.user("stranger", Set.of("emp-two/owner"));
  private static javax.sql.DataSource database;

  @TempDir Path folder;
  private final RecordedAudit audit = new RecordedAudit();
  private GitServer server;
  private LibraryRows rows;
  private RefreshLibrary refresh;
  private LibraryItems items;
  private Libraries libraries;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @BeforeEach
  void serve() throws Exception {
    server = new GitServer(folder);
    var properties =
        new LibraryProperties(
            Map.of(
                "open",
                source("open", "en", Set.of()),
                "own",
                source("own", "sv", Set.of("emp-one"))),
            Set.of("127.0.0.1"),
            null,
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            DataSize.ofMegabytes(100));
    var jdbc = JdbcClient.create(database);
    jdbc.sql("delete from balsam.library").update();
    var sources = new LibrarySources(properties);
    rows = new LibraryRows(jdbc, Clock.systemUTC());
    var index = new ItemRows(jdbc, new JdbcTemplate(database));
    refresh =
        new RefreshLibrary(
            sources,
            properties,
            new LibraryServers(properties),
            rows,
            index,
            audit,
            new DataSourceTransactionManager(database));
    items = new LibraryItems(sources, index);
    libraries = new Libraries(sources, rows, index);
    sources.all().forEach((id, source) -> rows.ensure(id, LibrarySources.origin(source)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Source source(String name, String language, Set<String> projects) {
    return new Source(
        name, "", "", server.url(name), "main", null, language, "balsam", null, projects, null);
  }

  private boolean refresh(String library) {
    return refresh.handle(new RefreshLibrary.Command(library)).changed();
  }

  private List<String> found(String words, Actor actor) {
    return items.search(words, null, null, 20, null, actor).items().stream()
        .map(hit -> hit.item().path())
        .toList();
  }

  @Test
  void aLibraryIsPinnedAtItsCommitAndFollowsIt() throws Exception {
    var first =
        server.commit(
            "open",
            Map.of(
                "Articles/deep/a.md", Entry.file("# Weighting"), "Resources/x.R", Entry.file("x")));
    assertThat(refresh("open")).isTrue();
    var state = libraries.get("open", STRANGER);
    assertThat(state.commit()).isEqualTo(first);
    assertThat(state.files()).isEqualTo(2);
    var all = items.all("open", STRANGER);
    assertThat(all.stream().map(ItemView::path))
        .containsExactly(
            "Articles", "Articles/deep", "Articles/deep/a.md", "Resources", "Resources/x.R");
    assertThat(all.get(2).title()).isEqualTo("Weighting");
    assertThat(all.get(1).isFolder()).isTrue();
    assertThat(refresh("open")).isFalse();

    var second = server.commit("open", Map.of("Articles/deep/a.md", Entry.file("# Changed")));
    assertThat(refresh("open")).isTrue();
    var item = items.get("open", all.get(2).id(), STRANGER);
    assertThat(item.commit()).isEqualTo(second);
    assertThat(item.title()).isEqualTo("Changed");
    assertThat(items.all("open", STRANGER)).hasSize(3);
    assertThat(audit.together().stream().map(entry -> entry.action()))
        .containsExactly("library.pinned", "library.pinned");
  }

  @Test
  void wordsAreFoundInTheFormsOfTheirLanguage() throws Exception {
    server.commit(
        "open",
        Map.of(
            "Articles/imputation.md",
            Entry.file("# Imputing\n\nThe methods of editing and imputation that are used by us"),
            "Articles/skattning.md",
            Entry.file("# SKATTNINGAR\n\nDet här är en text om hur vi kan väga ÅLDRAR"),
            "Resources/fi.md",
            Entry.file("---\nlang: fi\n---\n# Otanta\n\nTilastokeskuksen otannat"),
            "Templates/book.ipynb",
            Entry.file(
                "{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":[\"calibrate(x)\"]}]}"),
            "Resources/data.csv",
            Entry.file("region;turnover_total\n")));
    refresh("open");
    assertThat(found("imputed method", READER)).containsExactly("Articles/imputation.md");
    assertThat(found("skattningen", READER)).containsExactly("Articles/skattning.md");
    assertThat(found("ålder OR åldrarna", READER)).containsExactly("Articles/skattning.md");
    assertThat(found("otannat", READER)).containsExactly("Resources/fi.md");
    assertThat(found("otannan", READER)).isEmpty();
    assertThat(found("calibrate", READER)).containsExactly("Templates/book.ipynb");
    assertThat(found("turnover", READER)).containsExactly("Resources/data.csv");
    assertThat(found("methods -editing", READER)).isEmpty();
    assertThat(found("\"editing and imputation\"", READER)).hasSize(1);
    var hit = items.search("editing", null, ItemKind.ARTICLE, 20, null, READER).items().get(0);
    assertThat(hit.excerpt()).contains("methods of editing and imputation");
    assertThat(items.search("editing", null, ItemKind.TEMPLATE, 20, null, READER).items())
        .isEmpty();
  }

  @Test
  void theTitleCountsMoreThanTheTextAndPagesGoOn() throws Exception {
    server.commit(
        "open",
        IntStream.range(0, 30)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> "Articles/%02d.md".formatted(i),
                    i ->
                        Entry.file(
                            i == 17 ? "# Seasonal adjustment" : "Some seasonal text " + i))));
    refresh("open");
    var first = items.search("seasonal", "open", null, 20, null, READER);
    assertThat(first.items().get(0).item().path()).isEqualTo("Articles/17.md");
    var second = items.search("seasonal", "open", null, 20, first.next(), READER);
    assertThat(second.items()).hasSize(10).doesNotContainAnyElementsOf(first.items());
    assertThat(second.next()).isNull();
    assertThatThrownBy(() -> items.search("seasonal", "open", null, 20, "-3", READER))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aLibraryOfAProjectIsSeenByItsMembersOnly() throws Exception {
    server.commit("own", Map.of("Articles/a.md", Entry.file("# Hemlig metod")));
    refresh("own");
    assertThat(found("metod", READER)).containsExactly("Articles/a.md");
    assertThat(found("metod", STRANGER)).isEmpty();
    assertThat(libraries.list(STRANGER).stream().map(LibraryView::id)).containsExactly("open");
    var id = items.all("own", READER).get(1).id();
    assertThatThrownBy(() -> items.get("own", id, STRANGER)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> items.content("own", id, STRANGER)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> items.preview("own", id, STRANGER)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> items.all("own", STRANGER)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> items.search("x", "own", null, 20, null, STRANGER))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void whatCannotBeUsedLeavesWhatIsThereAndIsSaidOnce() throws Exception {
    var commit = server.commit("open", Map.of("Articles/a.md", Entry.file("# A")));
    refresh("open");
    server.setDown(true);
    assertThat(refresh("open")).isFalse();
    assertThat(refresh("open")).isFalse();
    var down = libraries.get("open", READER);
    assertThat(down.failure()).contains("cannot be fetched").contains("503");
    assertThat(down.commit()).isEqualTo(commit);
    assertThat(down.files()).isEqualTo(1);
    assertThat(audit.separately()).hasSize(1);
    server.setDown(false);
    server.commit("open", Map.of("Articles/huge", Entry.file(new byte[33 << 20])));
    refresh("open");
    assertThat(libraries.get("open", READER).failure()).contains("32 MiB");
    assertThat(libraries.get("open", READER).commit()).isEqualTo(commit);
    server.commit("open", Map.of("Articles/b.md", Entry.file("# B")));
    assertThat(refresh("open")).isTrue();
    assertThat(libraries.get("open", READER).failure()).isNull();
  }

  @Test
  void textThatIsMadeToBreakTheIndexIsKept() throws Exception {
    var words =
        IntStream.range(0, 40_000)
            .mapToObj(i -> "\u4e00\u4e8c" + Integer.toString(i, 36) + "-x.y/z" + i)
            .collect(Collectors.joining(" "));
    server.commit(
        "open",
        Map.of(
            "Articles/many.md", Entry.file(words),
            "Articles/long.txt", Entry.file("x".repeat(900_000)),
            "Articles/o'; drop table balsam.library_item; --.md", Entry.file("a"),
            "Articles/zero.md", Entry.file("a\0b")));
    assertThat(refresh("open")).isTrue();
    assertThat(libraries.get("open", READER).files()).isEqualTo(4);
  }

  @Test
  void hostileQuestionsAreAnswered() throws Exception {
    server.commit("open", Map.of("Articles/a.md", Entry.file("# A")));
    refresh("open");
    for (var words : List.of("' or 1=1 --", "& | ! ( ) :*", "\"", "%_\\", "-", "a".repeat(200))) {
      assertThat(found(words, READER)).hasSizeLessThanOrEqualTo(1);
    }
    assertThatThrownBy(() -> found("a\0b", READER)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> found("", READER)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> items.get("open", "a\0", READER)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> items.get("open", "../x", READER)).isInstanceOf(NotFound.class);
  }

  @Test
  void ofSeveralNodesOneAsksAServerAndAnotherOriginBeginsAnew() throws Exception {
    server.commit("open", Map.of("Articles/a.md", Entry.file("# A")));
    var both = Set.of("open", "own");
    var lease = Duration.ofMinutes(1);
    assertThat(Stream.of(rows.takeDue(both, lease), rows.takeDue(both, lease)))
        .extracting(Optional::orElseThrow)
        .containsExactlyInAnyOrder("open", "own");
    assertThat(rows.takeDue(both, lease)).isEmpty();
    refresh("open");
    assertThat(rows.takeDue(both, lease)).isEmpty();
    rows.makeDue("open");
    assertThat(rows.takeDue(both, lease)).contains("open");
    rows.makeDue("open");
    refresh("open");
    assertThat(rows.takeDue(both, lease)).as("asked for while it was asked").contains("open");
    rows.ensure("open", LibrarySources.origin(source("open", "en", Set.of())));
    assertThat(libraries.get("open", READER).files()).isEqualTo(1);
    rows.ensure("open", "https://elsewhere.example/#main");
    assertThat(libraries.get("open", READER).files()).isZero();
    assertThat(refresh("open")).as("the items are of another origin").isFalse();
    assertThat(rows.keepOnly(Set.of("own"))).containsExactly("open");
  }
}
