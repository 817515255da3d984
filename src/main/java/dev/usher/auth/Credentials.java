package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.raft.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The shapes of addresses, passwords, tokens and ids. */
final class Credentials {
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 128;
  private static final int MAX_EMAIL = 254;
  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 16;

  /** One @, no white space, a dot in the domain: whether mail arrives only mail can tell. */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@.\\p{Cntrl}]+(\\.[^\\s@.\\p{Cntrl}]+)+");

  private Credentials() {}

  /** How addresses are compared and kept. */
  static String normalize(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  static boolean isEmail(String normalized) {
    return normalized.length() <= MAX_EMAIL && EMAIL.matcher(normalized).matches();
  }

  /** 8 to 128 characters; what they are is the owner's business (NIST SP 800-63B §5.1.1). */
  static boolean isPassword(Secret password) {
    var text = password.value();
    // Twice the limit in UTF-16 is beyond it in any case: a megabyte is not counted through.
    if (text.length() > 2 * MAX_PASSWORD) {
      return false;
    }
    int characters = text.codePointCount(0, text.length());
    return characters >= MIN_PASSWORD && characters <= MAX_PASSWORD;
  }

  /** 256 random bits, base64url. */
  static Secret token(SecureRandom random) {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A prefix and 128 random bits in hex. */
  static String id(String prefix, SecureRandom random) {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }

  /** All that the directory keeps of a token: with 256 random bits no salt is needed. */
  static Bytes digest(Secret token) {
    return digest(List.of(token.value()));
  }

  /** A digest of texts, each by itself. */
  static Bytes fingerprint(List<String> parts) {
    return digest(parts.stream().map(part -> part.length() + ":" + part).toList());
  }

  private static Bytes digest(List<String> parts) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      parts.forEach(part -> sha256.update(part.getBytes(StandardCharsets.UTF_8)));
      return Bytes.wrap(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
