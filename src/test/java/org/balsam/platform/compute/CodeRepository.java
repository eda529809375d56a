package org.balsam.platform.compute;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;

/** A Git repository with one commit. */
public record CodeRepository(URI uri, String commit) {

  public static CodeRepository in(Path folder, Map<String, String> files) {
    try (var git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      for (var file : files.entrySet()) {
        var path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      git.add().addFilepattern(".").call();
      var commit =
          git.commit()
              .setMessage("first")
              .setSign(false)
              .setAuthor("T", "t@example.invalid")
              .setCommitter("T", "t@example.invalid")
              .call();
      return new CodeRepository(git.getRepository().getDirectory().toURI(), commit.getName());
    } catch (Exception trouble) {
      throw new IllegalStateException(trouble);
    }
  }
}
