package org.balsam.platform.storage;

import java.util.function.Consumer;

/** Adds up what is found, and tells now and then how far that is. Not for several threads. */
public final class UseCount {

  private static final long STEP = 10_000;

  private final Consumer<StorageUse> progress;
  private StorageUse sum = StorageUse.NONE;
  private long told;

  /**
   * Nothing yet.
   *
   * @param progress is told the sum after each 10,000 versions
   */
  public UseCount(Consumer<StorageUse> progress) {
    this.progress = progress;
  }

  /** Adds what was found. */
  public void add(StorageUse found) {
    sum = sum.and(found);
    if (sum.versions() - told >= STEP) {
      told = sum.versions();
      progress.accept(sum);
    }
  }

  /** Everything that was added. */
  public StorageUse sum() {
    return sum;
  }
}
