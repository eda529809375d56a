package org.balsam.api;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Forbidden;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.database.DatabaseProperties;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.health.AdapterHealth;
import org.balsam.platform.health.Finding;
import org.balsam.platform.health.HealthWatch;
import org.balsam.platform.identity.IdentityProperties;
import org.balsam.platform.messaging.Channels;
import org.balsam.platform.registry.RegistryProperties;
import org.balsam.platform.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this installation is made of, and whether it works. */
@RestController
@Tag(name = "platform")
@RequestMapping("/api/v1/platform")
class PlatformController {

  private final List<Active> active;
  private final HealthWatch watch;
  private final AdapterHealth health;

  PlatformController(
      DatabaseProperties database,
      StorageProperties storage,
      ForgeProperties forge,
      ComputeProperties compute,
      IdentityProperties identity,
      Channels messaging,
      RegistryProperties registry,
      HealthWatch watch,
      AdapterHealth health) {
    var channels = new ArrayList<>(List.of("in-app"));
    channels.addAll(messaging.names());
    this.active =
        List.of(
            active("compute", compute.type()),
            active("database", database.type()),
            active("forge", forge.type()),
            active("identity", identity.type()),
            new Active("messaging", String.join(", ", channels)),
            active("registry", registry.type()),
            active("storage", storage.type()));
    this.watch = watch;
    this.health = health;
  }

  private record Active(String port, String adapter) {}

  /**
   * The installation.
   *
   * @param status {@code UP}; {@code DEGRADED} when an adapter does not work; {@code DOWN} when the
   *     database does not
   */
  record Platform(String status, List<Adapter> adapters) {}

  /**
   * What stands behind a port; several names are active together.
   *
   * @param checkedAt when it was looked at last
   * @param target where it is; for administrators of the platform
   * @param problem what does not work and what to do; for administrators of the platform
   */
  record Adapter(
      String port,
      String adapter,
      State state,
      @Nullable Instant checkedAt,
      @Nullable String target,
      @Nullable String problem) {}

  /** What is known of an adapter. */
  enum State {
    UP,
    FAILING,
    /** Not looked at yet. */
    UNKNOWN;

    @JsonValue
    String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Operation(summary = "Which adapters are active, and whether they worked when last looked at")
  @GetMapping
  Platform getPlatform() {
    return platform();
  }

  @Operation(summary = "Try every adapter end to end now; for administrators of the platform")
  @PostMapping("/checks")
  Platform checkPlatform() {
    if (!isAdministrator()) {
      throw new Forbidden("only administrators of the platform may have the adapters tried");
    }
    watch.examine();
    return platform();
  }

  private Platform platform() {
    var details = isAdministrator();
    return new Platform(
        health.status().getCode(),
        active.stream()
            .map(one -> adapter(one, watch.latest(one.port).orElse(null), details))
            .toList());
  }

  private static Adapter adapter(Active active, @Nullable Finding finding, boolean details) {
    if (finding == null) {
      return new Adapter(active.port, active.adapter, State.UNKNOWN, null, null, null);
    }
    return new Adapter(
        active.port,
        active.adapter,
        finding.isUp() ? State.UP : State.FAILING,
        finding.at(),
        details ? finding.target() : null,
        details && !finding.isUp() ? finding.problem() : null);
  }

  private static boolean isAdministrator() {
    return CallContext.current().actor().isPlatformAdministrator();
  }

  private static Active active(String port, Enum<?> type) {
    return new Active(port, type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
