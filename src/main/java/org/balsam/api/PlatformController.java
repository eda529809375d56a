package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.platform.compute.ComputeProperties;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.identity.IdentityProperties;
import org.balsam.platform.messaging.Channels;
import org.balsam.platform.registry.RegistryProperties;
import org.balsam.platform.storage.StorageProperties;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this installation is made of. */
@RestController
@Tag(name = "platform")
@RequestMapping("/api/v1/platform")
class PlatformController {

  private final List<Adapter> adapters;
  private final HealthEndpoint health;

  PlatformController(
      StorageProperties storage,
      ForgeProperties forge,
      ComputeProperties compute,
      IdentityProperties identity,
      Channels messaging,
      RegistryProperties registry,
      HealthEndpoint health) {
    var channels = new ArrayList<>(List.of("in-app"));
    channels.addAll(messaging.names());
    this.adapters =
        List.of(
            adapter("compute", compute.type()),
            adapter("forge", forge.type()),
            adapter("identity", identity.type()),
            new Adapter("messaging", String.join(", ", channels)),
            adapter("registry", registry.type()),
            adapter("storage", storage.type()));
    this.health = health;
  }

  /**
   * The installation.
   *
   * @param status {@code UP}, or what is worse of the components
   * @param components what was looked at, with its status
   */
  record Platform(String status, List<Adapter> adapters, Map<String, String> components) {}

  /** What stands behind a port; several names are active together. */
  record Adapter(String port, String adapter) {}

  @Operation(summary = "Which adapters are active, and whether the installation is healthy")
  @GetMapping
  Platform getPlatform() {
    var now = health.health();
    var components = new TreeMap<String, String>();
    if (now instanceof CompositeHealth parts) {
      parts
          .getComponents()
          .forEach((name, part) -> components.put(name, part.getStatus().getCode()));
    }
    return new Platform(now.getStatus().getCode(), adapters, components);
  }

  private static Adapter adapter(String port, Enum<?> type) {
    return new Adapter(port, type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
