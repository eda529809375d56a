package org.balsam.platform.forge.gitlab;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.ProjectId;

/** A ledger that lives as long as the test. */
class MemoryTokenLedger implements TokenLedger {

  private final Map<String, Entry> open = new ConcurrentHashMap<>();
  private final Map<String, Entry> ending = new ConcurrentHashMap<>();

  @Override
  public void begin(Entry entry, LocalDate expires) {
    open.put(entry.holder(), entry);
    ending.remove(entry.holder());
  }

  @Override
  public void made(String holder, long token) {
    open.computeIfPresent(
        holder, (name, entry) -> new Entry(name, entry.project(), entry.space(), token));
  }

  @Override
  public Optional<Entry> open(String holder) {
    return Optional.ofNullable(open.get(holder));
  }

  @Override
  public List<Entry> openOf(ProjectId project) {
    return open.values().stream().filter(entry -> entry.project().equals(project)).toList();
  }

  @Override
  public void ending(String holder) {
    ending.put(holder, open.get(holder));
  }

  @Override
  public List<Entry> unfinished() {
    return List.copyOf(ending.values());
  }

  @Override
  public void ended(String holder) {
    open.remove(holder);
    ending.remove(holder);
  }
}
