package org.balsam.platform.library;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitReaderTest {

  private static final ObjectId ABSENT = ObjectId.fromString("1".repeat(40));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"100644", "40000"})
  void whatTheServerLeftOutOfThePackIsNoticed(String mode) throws Exception {
    try (var repository = BoundedRepository.create(folder.resolve("r").toFile());
        var inserter = repository.newObjectInserter();
        var reader = repository.newObjectReader()) {
      var articles = new TreeFormatter();
      articles.append("x", FileMode.fromBits(Integer.parseInt(mode, 8)), ABSENT);
      var top = new TreeFormatter();
      top.append("Articles", FileMode.TREE, inserter.insert(articles));
      var commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(top));
      commit.setAuthor(new PersonIdent("a", "a@example.org"));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage("x");
      var id = inserter.insert(commit);
      inserter.flush();
      var read =
          new CommitReader(
              reader, new Allowance(1 << 20, Duration.ofSeconds(10)), Set.of("articles"));
      assertThatThrownBy(() -> read.read(id)).isInstanceOf(MissingObjectException.class);
    }
  }
}
