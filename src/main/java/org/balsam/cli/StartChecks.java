package org.balsam.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses within a second what would otherwise fail after half a minute, with a database started
 * for nothing: settings that nobody knows, a home that cannot be written, a port in use.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class StartChecks implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String COMMAND_LINE = "commandLineArgs";
  private static final String FILE = "Config resource";
  private static final int LAST_PORT = 65535;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (context instanceof ServletWebServerApplicationContext) {
      var environment = context.getEnvironment();
      checkNames(environment);
      var binder = Binder.get(environment);
      binder.bindOrCreate("balsam", BalsamHome.class);
      binder.bindOrCreate("balsam", Installation.class);
      checkPort(
          environment.getProperty("server.address", "127.0.0.1"),
          binder.bind("server.port", Integer.class).orElse(0));
    }
  }

  /** Every name on the command line, and Balsam's own in files. */
  static void checkNames(ConfigurableEnvironment environment) {
    var known = new KnownSettings();
    environment.getPropertySources().stream()
        .filter(EnumerablePropertySource.class::isInstance)
        .flatMap(source -> names((EnumerablePropertySource<?>) source))
        .forEach(known::check);
  }

  private static Stream<KnownSettings.Given> names(EnumerablePropertySource<?> source) {
    var place = place(source);
    return Stream.of(place.isEmpty() ? new String[0] : source.getPropertyNames())
        .filter(name -> source.getName().equals(COMMAND_LINE) || name.startsWith("balsam."))
        .map(name -> new KnownSettings.Given(name, place));
  }

  private static String place(PropertySource<?> source) {
    if (source.getName().equals(COMMAND_LINE)) {
      return "on the command line";
    }
    return source.getName().startsWith(FILE) ? "in a configuration file" : "";
  }

  /** Port 0 takes any that is free; the address must be of this machine all the same. */
  private static void checkPort(String address, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalStateException(
          "server.port is " + port + "; allowed: 1 to 65535, or 0 for any that is free");
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException refused) {
      throw new IllegalStateException(
          "Balsam cannot listen on port %d of %s: %s. Another program, perhaps another Balsam, listens there, or the address is none of this machine. Stop that program, or choose another port with --server.port=NUMBER"
              .formatted(port, address, refused.getMessage()),
          refused);
    }
  }
}
