package org.balsam.usecase.library;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.balsam.kernel.Sha256;
import org.balsam.kernel.ShownText;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Offers a file or folder of a project to a library whose repository is another project's of this
 * installation: on a branch of its own, which that project's people are asked to merge. The offered
 * content leaves its project; hence only who answers for it offers it.
 */
@Component
public class OfferItem {

  private static final int MOST_FILES = 200;
  private static final long MOST_BYTES = 16L << 20;

  private final LibrarySources sources;
  private final Forge forge;
  private final LibraryAuthors authors;
  private final OfferRows offers;
  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  OfferItem(
      LibrarySources sources,
      Forge forge,
      LibraryAuthors authors,
      OfferRows offers,
      Messenger messenger,
      AuditTrail trail,
      Clock clock) {
    this.sources = sources;
    this.forge = forge;
    this.authors = authors;
    this.offers = offers;
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to offer.
   *
   * @param project whose it is
   * @param ref a branch, tag or commit of the project
   * @param path of a file or folder
   * @param kind what it is for in the library
   * @param title one line, 3 to 100 characters
   * @param text what it is and why it is of use, 1 to 2000 characters
   */
  public record Command(
      String library,
      ProjectId project,
      String ref,
      String path,
      ItemKind kind,
      String title,
      String text,
      Actor actor) {

    public Command {
      title = ShownText.line("/title", title, 3, 100);
      text = ShownText.check("/text", text, 1, 2000);
    }
  }

  /** The offer. */
  public record Result(OfferView offer) {}

  /**
   * Does it; repeating it offers once.
   *
   * @throws NotFound when there is no such project that the actor is a member of, no such library
   *     that they see, or nothing at that path
   * @throws Forbidden for members who are neither owner nor methodologist
   * @throws Invalid for a library that takes no offers here
   * @throws Rejection LIMIT_EXCEEDED for more than 200 files or 16 MiB
   */
  @Transactional(noRollbackFor = {Rejection.class, Invalid.class, NotFound.class, Forbidden.class})
  public Result handle(Command command) {
    command.actor().requireAny(command.project(), Role.OWNER, Role.METHODOLOGY);
    var keeper = LibrarySources.keeper(sources.visible(command.library(), command.actor()));
    var origin =
        forge
            .resolve(command.project(), command.ref())
            .orElseThrow(() -> new NotFound("there is no such branch, tag or commit"));
    var name = command.path().substring(command.path().lastIndexOf('/') + 1);
    var target = command.kind().folder() + "/" + name;
    var offer = propose(command, keeper, origin, target, files(command, origin, target));
    offers.keep(offer);
    trail.record(
        AuditEntry.done("library.item-offered", command.project().value(), command.library())
            .with("path", command.path())
            .with("source", origin)
            .with("keeper", keeper.value())
            .with("branch", offer.branch())
            .with("commit", offer.commit()));
    tell(offer, keeper);
    return new Result(offer);
  }

  private Map<String, byte[]> files(Command command, String origin, String target) {
    var paths =
        forge.list(command.project(), origin).stream()
            .filter(path -> path.equals(command.path()) || path.startsWith(command.path() + "/"))
            .toList();
    if (paths.isEmpty()) {
      throw new NotFound("there is no file or folder at this path of commit " + origin);
    }
    var files = new LinkedHashMap<String, byte[]>();
    var bytes = 0L;
    for (var path : paths.subList(0, Math.min(paths.size(), MOST_FILES))) {
      var content = forge.read(command.project(), origin, path);
      content.ifPresent(
          found -> files.put(target + path.substring(command.path().length()), found));
      bytes += content.map(found -> (long) found.length).orElse(0L);
    }
    if (paths.size() > MOST_FILES || bytes > MOST_BYTES) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED, "an offer has at most 200 files and 16 MiB; offer less");
    }
    return files;
  }

  private OfferView propose(
      Command command, ProjectId keeper, String origin, String target, Map<String, byte[]> files) {
    var key = String.join("\n", command.library(), origin, command.path(), target);
    var branch =
        "work/offer-%s-%s".formatted(command.project(), Sha256.of(key).value().substring(0, 10));
    var message =
        """
        Offer %s

        %s

        Source-Project: %s
        Source-Path: %s
        Source-Commit: %s"""
            .formatted(command.title(), command.text(), command.project(), command.path(), origin);
    forge.ensureBranch(keeper, branch, "main");
    var author = authors.of(command.actor().id());
    var tip = forge.commit(keeper, branch, new Forge.Change(files, message, author, false));
    var page =
        forge.propose(keeper, new Forge.Proposal(branch, "main", command.title(), command.text()));
    return new OfferView(
        command.library(),
        keeper.value(),
        branch,
        tip,
        command.project().value(),
        origin,
        command.path(),
        target,
        command.title(),
        page.orElse(null),
        command.actor().id(),
        clock.instant());
  }

  private void tell(OfferView offer, ProjectId keeper) {
    messenger.send(
        new Messenger.Notice(
            keeper + "/" + offer.branch(),
            Messenger.Kind.PROGRESS,
            keeper,
            List.of(Role.OWNER.group(keeper), Role.METHODOLOGY.group(keeper)),
            "Offered to the library: " + offer.title(),
            "%s offers %s. It is on branch %s; merge it into main to take it."
                .formatted(offer.offeredBy(), offer.target(), offer.branch()),
            "/api/v1/projects/" + keeper));
  }
}
