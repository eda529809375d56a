package org.balsam.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Whose certificates a server may show. */
public final class ServerTrust {

  private ServerTrust() {}

  /**
   * The authorities of a PEM file; empty without a file, which means those of Java.
   *
   * @param key the setting that names the file
   * @throws Invalid when the file holds no certificate
   */
  public static Optional<X509TrustManager> of(String key, @Nullable Path certificates) {
    if (certificates == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(certificates)) {
      throw unusable(key, certificates, "there is no such file that may be read");
    }
    try {
      var pem = PemSslStoreDetails.forCertificate(certificates.toUri().toString());
      SslStoreBundle stores = new PemSslStoreBundle(null, pem);
      var managers = SslManagerBundle.from(stores, SslBundleKey.NONE).getTrustManagers();
      return Arrays.stream(managers)
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
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
