package org.balsam.process.engine;

/**
 * Whether the thread serves one of the engine's own routes, which know the engine's errors only.
 */
final class EngineRoute {

  private static final ThreadLocal<Boolean> SERVED = ThreadLocal.withInitial(() -> false);

  private EngineRoute() {}

  static boolean isServed() {
    return SERVED.get();
  }

  static void begin() {
    SERVED.set(true);
  }

  static void end() {
    SERVED.remove();
  }
}
