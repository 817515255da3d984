package dev.usher.grpc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an error says: its sentence and the metadata of its {@code ErrorInfo}, no more than a client
 * takes in. Errors travel in HTTP/2 trailers, of which grpc-java accepts 8 KiB in all; above, it
 * makes an error of the transport of them, and the answer is lost.
 */
record Told(String message, Map<String, String> metadata) {
  /** Sentence and details as they travel; what is left of 8 KiB is for the other headers. */
  static final int BYTES_MOST = 7 << 10;

  /** Above what status, domain, reason, retry delay and the tags of all of them ever take. */
  private static final int ENVELOPE_BYTES = 400;

  private static final int PER_ENTRY_BYTES = 10;
  private static final String CUT = "…";

  /** The end of the name of the entry that says how many of a list are not named. */
  private static final String MORE = "_more";

  /**
   * All of it, or as much as fits: of a list (joined with commas) as many whole names as can be,
   * with how many more there are in {@code KEY_more} and in the sentence that names them; of any
   * other text its beginning.
   */
  static Told fitting(String message, Map<String, String> metadata) {
    var all = new Told(message, metadata);
    var told = all;
    for (int most = BYTES_MOST / 2; told.bytes() > BYTES_MOST && most > 0; most -= most / 8 + 1) {
      told = all.with(most);
    }
    return told;
  }

  /** With values, and a sentence, of so many bytes at most. */
  private Told with(int most) {
    var sentence = message;
    var entries = new LinkedHashMap<String, String>();
    for (var entry : metadata.entrySet()) {
      var value = entry.getValue();
      var named = named(value, most);
      entries.put(entry.getKey(), named);
      int unnamed = names(value) - names(named);
      if (unnamed > 0) {
        entries.put(entry.getKey() + MORE, Integer.toString(unnamed));
        sentence = sentence.replace(value, named + " and " + unnamed + " more");
      }
    }
    return new Told(beginning(sentence, most), entries);
  }

  private static String named(String value, int most) {
    if (utf8(value) <= most) {
      return value;
    }
    var beginning = beginning(value, most);
    int comma = beginning.lastIndexOf(',');
    return comma < 0 ? beginning : beginning.substring(0, comma);
  }

  private static int names(String value) {
    return (int) value.chars().filter(c -> c == ',').count() + 1;
  }

  /** Its first characters, none of them halved. */
  private static String beginning(String text, int most) {
    if (utf8(text) <= most) {
      return text;
    }
    int bytes = utf8(CUT);
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += utf8(text.substring(end, next));
      if (bytes > most) {
        break;
      }
      end = next;
    }
    return text.substring(0, end) + CUT;
  }

  /** What it takes on the wire: the sentence twice, percent-encoded, and in the base64 details. */
  int bytes() {
    int details = ENVELOPE_BYTES + utf8(message);
    for (var entry : metadata.entrySet()) {
      details += PER_ENTRY_BYTES + utf8(entry.getKey()) + utf8(entry.getValue());
    }
    return percentEncoded(message) + (details + 2) / 3 * 4;
  }

  private static int percentEncoded(String text) {
    int bytes = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytes += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
    }
    return bytes;
  }

  static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
