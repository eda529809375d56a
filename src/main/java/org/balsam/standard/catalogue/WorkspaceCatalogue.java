package org.balsam.standard.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/**
 * The templates that workspaces of this installation can be made from. An id stands for one
 * template: one of the mounted folder replaces a built-in one, even when it is refused itself;
 * otherwise the second with an id is refused. Safe from any thread.
 */
@Component
public class WorkspaceCatalogue {

  private final CatalogueProperties properties;
  private final TemplateSources sources;
  private final TemplateImport mounted;
  private final TemplateImport builtIn;
  private final Map<String, TemplateImport> fetched = new ConcurrentSkipListMap<>();
  private volatile Contents contents;

  private record Contents(
      SortedMap<String, OfferedTemplate> offered, List<RefusedTemplate> refused) {}

  WorkspaceCatalogue(CatalogueProperties properties, TemplateSources sources) {
    this.properties = properties;
    this.sources = sources;
    this.mounted = sources.mounted();
    this.builtIn = sources.builtIn();
    this.contents = merged();
  }

  /** Those that can be used, by id. */
  public Collection<OfferedTemplate> offered() {
    return contents.offered.values();
  }

  /** The one with this id that can be used. */
  public Optional<OfferedTemplate> find(String id) {
    return Optional.ofNullable(contents.offered.get(id));
  }

  /** Those that cannot be used, and the repositories that could not be fetched. */
  public List<RefusedTemplate> refused() {
    return contents.refused;
  }

  /**
   * Fetches the repositories that were not fetched yet. Blocks within the time limit of libraries
   * for each.
   *
   * @return whether all are there now
   */
  public boolean fetch() {
    var all = true;
    for (var name : new TreeSet<>(properties.git().keySet())) {
      if (!fetched.containsKey(name) || isFailed(fetched.get(name))) {
        fetched.put(name, sources.git(name));
        contents = merged();
        all &= !isFailed(fetched.get(name));
      }
    }
    return all;
  }

  private static boolean isFailed(TemplateImport read) {
    return read.refused().stream().anyMatch(refused -> refused.template().isEmpty());
  }

  private synchronized Contents merged() {
    var offered = new TreeMap<String, OfferedTemplate>();
    var refused = new ArrayList<RefusedTemplate>();
    var owners = new HashMap<String, String>();
    for (var id : mounted.sound().keySet()) {
      owners.put(id, mounted.source());
    }
    mounted.refused().forEach(wrong -> owners.put(wrong.template(), mounted.source()));
    add(mounted, owners, offered, refused);
    var kept = new TreeMap<>(builtIn.sound());
    kept.keySet().removeAll(owners.keySet());
    if (isFailed(mounted)) {
      kept.clear(); // which of them it replaces is not known
    }
    add(new TemplateImport(builtIn.source(), kept, builtIn.refused()), owners, offered, refused);
    fetched.values().forEach(one -> add(one, owners, offered, refused));
    return new Contents(offered, List.copyOf(refused));
  }

  private static void add(
      TemplateImport from,
      Map<String, String> owners,
      Map<String, OfferedTemplate> offered,
      List<RefusedTemplate> refused) {
    from.sound()
        .forEach(
            (id, template) -> {
              var owner = owners.putIfAbsent(id, from.source());
              if (owner == null || owner.equals(from.source())) {
                offered.put(id, new OfferedTemplate(template, from.source()));
              } else {
                refused.add(
                    new RefusedTemplate(
                        from.source(), id, List.of("the id is that of a template of " + owner)));
              }
            });
    refused.addAll(from.refused());
  }
}
