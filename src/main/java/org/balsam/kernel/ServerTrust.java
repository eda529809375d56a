package org.balsam.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Whose certificates a server may show.
 *
 * @param context makes connections to such servers
 * @param manager the authorities alone
 */
public record ServerTrust(SSLContext context, X509TrustManager manager) {

  /**
   * The authorities of a PEM file; empty without a file, which means those of Java.
   *
   * @param key the setting that names the file
   * @throws Invalid when the file holds no certificate
   */
  public static Optional<ServerTrust> of(String key, @Nullable Path certificates) {
    if (certificates == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(certificates)) {
      throw unusable(key, certificates, "there is no such file that may be read");
    }
    try {
      var pem = PemSslStoreDetails.forCertificate(certificates.toUri().toString());
      var bundle = SslBundle.of(new PemSslStoreBundle(null, pem));
      var context = bundle.createSslContext();
      return Arrays.stream(bundle.getManagers().getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(manager -> new ServerTrust(context, (X509TrustManager) manager))
          .findFirst();
    } catch (RuntimeException malformed) {
      throw unusable(key, certificates, String.valueOf(malformed.getMessage()));
    }
  }

  private static Invalid unusable(String key, Path file, String why) {
    return new Invalid(
        ErrorCode.INVALID_INPUT, key, "'" + file + "' is not a PEM file with certificates: " + why);
  }
}
