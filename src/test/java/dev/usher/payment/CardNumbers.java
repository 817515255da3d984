package dev.usher.payment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The test cards' numbers (docs/payments.md), and whether some bytes have one, in whatever form.
 */
public final class CardNumbers {
  public static final List<String> ALL =
      List.of(
          "4242424242424242",
          "5555555555554444",
          "378282246310005",
          "4000000000000002",
          "4000000000009995",
          "4000000000009987",
          "4000000000009979",
          "4000000000000069",
          "4000000000000127",
          "4000000000000119",
          "4242424242424241",
          "4000002500003155",
          "4000008400001629");

  private static final int BLOCK = 1 << 20;
  private static final int LONGEST_FORM = 64;
  private static final byte[] EMPTY = new byte[BLOCK + LONGEST_FORM];

  private CardNumbers() {}

  /** As people write it: in groups of four. */
  public static String spaced(String number) {
    return number.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** Plain, grouped, encoded for an address, and base64 at each of its three phases. */
  public static Set<String> forms(String number) {
    var forms = new LinkedHashSet<String>();
    forms.add(number);
    for (String separator : List.of(" ", "-", "+", "%20", "_")) {
      forms.add(spaced(number).replace(" ", separator));
    }
    for (int phase = 0; phase < 3; phase++) {
      var bytes = ("\0".repeat(phase) + number).getBytes(StandardCharsets.US_ASCII);
      var text = Base64.getEncoder().encodeToString(bytes);
      // Only what does not depend on the bytes before and after.
      forms.add(text.substring(phase == 0 ? 0 : phase + 1, bytes.length / 3 * 4));
    }
    return forms;
  }

  /** The numbers that a text has. */
  public static Set<String> in(String text) {
    var found = new TreeSet<String>();
    for (String number : ALL) {
      if (forms(number).stream().anyMatch(text::contains)) {
        found.add(number);
      }
    }
    return found;
  }

  /** The numbers that a file has. Logs are made long beforehand: what is zero is passed over. */
  public static Set<String> in(Path file) throws IOException {
    var found = new TreeSet<String>();
    var block = new byte[BLOCK + LONGEST_FORM];
    try (InputStream bytes = Files.newInputStream(file)) {
      int kept = 0;
      int read;
      while ((read = bytes.readNBytes(block, kept, BLOCK)) > 0) {
        int filled = kept + read;
        if (Arrays.mismatch(block, 0, filled, EMPTY, 0, filled) >= 0) {
          found.addAll(in(new String(block, 0, filled, StandardCharsets.ISO_8859_1)));
        }
        kept = Math.min(LONGEST_FORM, filled);
        System.arraycopy(block, filled - kept, block, 0, kept);
      }
    }
    return found;
  }
}
