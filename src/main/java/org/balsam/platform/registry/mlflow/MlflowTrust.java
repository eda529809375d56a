package org.balsam.platform.registry.mlflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** The authorities that the server's certificate is trusted by. */
record MlflowTrust(SSLSocketFactory sockets, X509TrustManager manager) {

  /**
   * The authorities of a PEM file; empty without a file, which means those of Java.
   *
   * @throws Invalid when the file holds no certificate
   */
  static Optional<MlflowTrust> of(@Nullable Path file) {
    if (file == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(file)) {
      throw unusable(file, "there is no such file that may be read");
    }
    try {
      var pem = PemSslStoreDetails.forCertificate(file.toUri().toString());
      var bundle = SslBundle.of(new PemSslStoreBundle(null, pem));
      var sockets = bundle.createSslContext().getSocketFactory();
      return Arrays.stream(bundle.getManagers().getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(manager -> new MlflowTrust(sockets, (X509TrustManager) manager))
          .findFirst();
    } catch (RuntimeException malformed) {
      throw unusable(file, String.valueOf(malformed.getMessage()));
    }
  }

  private static Invalid unusable(Path file, String why) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "balsam.registry.mlflow.certificates",
        "'" + file + "' is not a PEM file with certificates: " + why);
  }
}
