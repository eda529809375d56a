package org.balsam.usecase.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Copies a file or folder of a library into a branch of a project, by one commit of the person that
 * names the library and the commit that the item is from.
 */
@Component
public class CopyItem {

  private final LibrarySources sources;
  private final ItemRows items;
  private final Forge forge;
  private final LibraryAuthors authors;
  private final AuditTrail trail;

  CopyItem(
      LibrarySources sources,
      ItemRows items,
      Forge forge,
      LibraryAuthors authors,
      AuditTrail trail) {
    this.sources = sources;
    this.items = items;
    this.forge = forge;
    this.authors = authors;
    this.trail = trail;
  }

  /**
   * What to copy.
   *
   * @param item its id
   * @param commit what the person saw; null for what the library is at
   * @param branch of the project, which exists
   * @param folder where it goes, below which it has its own name; empty for the top
   * @param replace whether files of the same paths are replaced
   */
  public record Command(
      String library,
      String item,
      @Nullable String commit,
      ProjectId project,
      String branch,
      String folder,
      boolean replace,
      Actor actor) {}

  /**
   * What came of it.
   *
   * @param commit the tip of the branch
   * @param source the commit of the library
   * @param files the paths in the branch
   */
  public record Result(String branch, String commit, String source, List<String> files) {}

  /**
   * Does it; repeating it makes no second commit.
   *
   * @throws NotFound when there is no such project that the actor is a member of, no such branch,
   *     or no such item that the actor sees
   * @throws Forbidden for members who may not change code
   * @throws Rejection STALE when the library is at another commit; ALREADY_EXISTS when a file would
   *     be replaced; REF_PROTECTED for main and branches of rounds; LIMIT_EXCEEDED for more than
   *     1,000 files
   */
  @Transactional(noRollbackFor = {Rejection.class, Invalid.class, NotFound.class, Forbidden.class})
  public Result handle(Command command) {
    var actor = command.actor();
    actor.requireAny(
        command.project(), Role.OWNER, Role.SUBJECT, Role.METHODOLOGY, Role.PRODUCTION);
    var source = sources.visible(command.library(), actor);
    var item = LibraryItems.find(items, command.library(), command.item());
    requireSeen(command, item);
    var files = files(command, item);
    requireFree(command, files);
    var tip =
        forge.commit(
            command.project(),
            command.branch(),
            new Forge.Change(
                files, ItemFiles.message("Copy", source, item), authors.of(actor.id()), false));
    var paths = files.keySet().stream().toList();
    trail.record(
        AuditEntry.done("library.item-copied", command.project().value(), command.library())
            .with("path", item.path())
            .with("source", item.commit())
            .with("branch", command.branch())
            .with("commit", tip)
            .with("files", (long) paths.size()));
    return new Result(command.branch(), tip, item.commit(), paths);
  }

  private static void requireSeen(Command command, ItemView item) {
    if (command.commit() != null && !command.commit().equals(item.commit())) {
      throw new Rejection(
          ErrorCode.STALE,
          "the library is at commit " + item.commit() + " now; look at the item again");
    }
  }

  private Map<String, byte[]> files(Command command, ItemView item) {
    var prefix = command.folder().isEmpty() ? "" : command.folder() + "/";
    var above = item.path().length() - item.name().length();
    return ItemFiles.of(items, item, path -> prefix + path.substring(above));
  }

  private void requireFree(Command command, Map<String, byte[]> files) {
    if (command.replace()) {
      return;
    }
    var tip =
        forge
            .resolve(command.project(), command.branch())
            .orElseThrow(() -> new NotFound("there is no branch of this name"));
    var there = new TreeSet<>(forge.list(command.project(), tip));
    there.retainAll(files.keySet());
    for (var path : there) {
      var present = forge.read(command.project(), tip, path);
      if (present.isEmpty() || !Arrays.equals(present.get(), files.get(path))) {
        throw new Rejection(
            ErrorCode.ALREADY_EXISTS,
            "the branch has another file '" + path + "'; name a folder, or have it replaced");
      }
    }
  }
}
