package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Failure;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Says what the HTTP library's exceptions mean; they stay causes. */
final class TransportFailures {

    private TransportFailures() {}

    /** @param failure with the status if the response head had come */
    static ClovaException of(Exception cause, URI target, Duration connectTimeout, Failure failure) {
        if (cause instanceof ClovaException ours) {
            return ours;
        }
        if (cause instanceof ZipException) {
            return new ClovaUnreadableException("the gzip of the answer is broken", failure, cause);
        }
        if (cause instanceof MalformedChunkCodingException && !(cause instanceof TruncatedChunkException)) {
            // Not as a cause: its message quotes what stands in the place of a chunk's size, which may be the answer.
            return new ClovaTruncatedException("the answer broke off: its chunks are malformed", failure, null);
        }
        return failure.statusCode() == 0
                ? beforeTheHead(cause, target, connectTimeout, failure.withRetryable(true))
                : new ClovaTruncatedException("the answer broke off: " + words(cause), failure, cause);
    }

    private static ClovaException beforeTheHead(
            Exception cause, URI target, Duration connectTimeout, Failure retryable) {
        // Of the library's own timeouts only those of connecting, TLS included, are set.
        if (cause instanceof SocketTimeoutException) {
            return new ClovaTimeoutException("connectTimeout", connectTimeout, retryable, cause);
        }
        if (cause instanceof UnknownHostException) {
            return new ClovaConnectionException(
                    "the host %s is not known".formatted(target.getHost()), retryable, cause);
        }
        if (isUntrusted(cause)) {
            return new ClovaConnectionException(
                    "the certificate of %s is not trusted: %s".formatted(target.getHost(), words(cause)),
                    retryable.withRetryable(false),
                    cause);
        }
        if (cause instanceof SSLException) {
            return new ClovaConnectionException(
                    "TLS with %s failed: %s".formatted(target.getHost(), words(cause)), retryable, cause);
        }
        if (cause instanceof HttpException || cause instanceof MessageConstraintException) {
            // Not as a cause, and its first words alone: it quotes what stands in the place of a head, which may be the
            // answer.
            String what = words(cause).split("[:;<]", 2)[0];
            return new ClovaUnreadableException(
                    "the response is not HTTP: " + what, retryable.withRetryable(false), null);
        }
        return new ClovaConnectionException(
                "no response from %s: %s".formatted(target.getHost(), words(cause)), retryable, cause);
    }

    private static boolean isUntrusted(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertificateException || each instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static String words(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Excerpt.of(message);
    }
}
