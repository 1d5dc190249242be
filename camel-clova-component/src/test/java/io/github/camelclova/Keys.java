package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** A certificate authority of our own, made for a test by the tool of the running JDK. */
final class Keys {

    private static final String PASSWORD = "only-for-this-test";

    private final Path directory;

    Keys(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Private CA", "-ext", "bc:c", "-keystore", store("ca"));
        keytool("-exportcert", "-rfc", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store("ca"));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store("trust"));
    }

    /** What a service of this name needs to speak TLS. */
    SSLContext serviceNamed(String host) throws Exception {
        return service(host, host, "-validity", "2");
    }

    /** The same, with a certificate that is no longer valid. */
    SSLContext expiredServiceNamed(String host) throws Exception {
        return service("expired", host, "-startdate", "-10d", "-validity", "2");
    }

    /** The same, with a certificate that no authority knows. */
    SSLContext selfSignedServiceNamed(String host) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "self",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-keystore",
                store("self"));
        return context("self");
    }

    private SSLContext service(String host, String name, String... validity) throws Exception {
        keytool("-genkeypair", "-alias", host, "-dname", "CN=" + name, "-keystore", store(host));
        keytool("-certreq", "-alias", host, "-file", file(host + ".csr"), "-keystore", store(host));
        List<String> signing = new ArrayList<>(List.of("-gencert", "-alias", "ca", "-ext", "san=dns:" + name, "-rfc"));
        signing.addAll(
                List.of("-infile", file(host + ".csr"), "-outfile", file(host + ".pem"), "-keystore", store("ca")));
        signing.addAll(List.of(validity));
        keytool(signing.toArray(String[]::new));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store(host));
        keytool("-importcert", "-noprompt", "-alias", host, "-file", file(host + ".pem"), "-keystore", store(host));
        return context(host);
    }

    private SSLContext context(String host) throws Exception {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(keyStore(host));
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        return parameters.createSSLContext(new DefaultCamelContext());
    }

    /** What a client needs to trust those services. */
    SSLContextParameters trust() {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(keyStore("trust"));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private KeyStoreParameters keyStore(String name) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + store(name));
        store.setType("PKCS12");
        store.setPassword(PASSWORD);
        return store;
    }

    private String store(String name) {
        return file(name + ".p12");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
