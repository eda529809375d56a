package org.balsam.cli.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Decides before anything starts whether this process runs in demo mode, and says so in {@code
 * balsam.demo.enabled} for everybody else; see {@link DemoProperties}.
 */
final class DemoMode implements EnvironmentPostProcessor {

  static final String ENABLED = "balsam.demo.enabled";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var wanted = environment.getProperty(ENABLED, Boolean.class);
    var address = environment.getProperty("server.address", "");
    if (Boolean.TRUE.equals(wanted) && !isLoopback(address)) {
      throw new IllegalStateException(
          ENABLED
              + " is true, but server.address is '"
              + address
              + "': demo users have public passwords, so demo mode listens on loopback only. Set"
              + " server.address=127.0.0.1 or "
              + ENABLED
              + "=false");
    }
    if (wanted == null) {
      var enabled = isLoopback(address) && isEmbedded(environment);
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("demo mode", Map.of(ENABLED, String.valueOf(enabled))));
    }
  }

  private static boolean isEmbedded(Environment environment) {
    return environment.getProperty("balsam.database.type", "embedded").equalsIgnoreCase("embedded")
        && environment.getProperty("balsam.identity.type", "embedded").equalsIgnoreCase("embedded");
  }

  private static boolean isLoopback(String address) {
    try {
      return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
