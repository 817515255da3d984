package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet), written
 * as a PHC string that names its parameters: {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}.
 * Bouncy Castle computes; Spring's encoder would drag spring-core along.
 */
final class Argon2 {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final Pattern ENCODED =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private Argon2() {}

  static String encode(Secret password, SecureRandom random) {
    byte[] salt = bytes(random, SALT_BYTES);
    byte[] hash = hash(password, salt, HASH_BYTES, MEMORY_KIB, PASSES, LANES);
    return encode(salt, hash);
  }

  /** A hash of no password at all, which takes as long to compare with as any. */
  static String ofNobody(SecureRandom random) {
    return encode(bytes(random, SALT_BYTES), bytes(random, HASH_BYTES));
  }

  /**
   * Is it the password of this hash? Takes the hash's own parameters, so that old ones stay good.
   *
   * @throws IllegalArgumentException when it is no such hash
   */
  static boolean matches(Secret password, String encoded) {
    var parts = ENCODED.matcher(encoded);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a password hash is not an encoded Argon2id hash");
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] actual =
        hash(
            password,
            Base64.getDecoder().decode(parts.group(4)),
            expected.length,
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] hash(
      Secret password, byte[] salt, int length, int memoryKib, int passes, int lanes) {
    var argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .build());
    var hash = new byte[length];
    argon2.generateBytes(password.value().getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String encode(byte[] salt, byte[] hash) {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  private static byte[] bytes(SecureRandom random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
