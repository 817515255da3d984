package dev.usher.payment.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Form or query parameters, at most 200. No {@code toString} shows them. */
final class Params {
  private static final int MAX = 200;

  private final Map<String, List<String>> values;

  private Params(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads {@code a=1&b[c]=2}.
   *
   * @throws Refused when it is malformed or has too many parameters
   */
  static Params parse(String encoded) {
    var values = new TreeMap<String, List<String>>();
    var parts = encoded.isEmpty() ? new String[0] : encoded.split("&", MAX + 1);
    if (parts.length > MAX) {
      throw new Refused(ApiError.parameter("", "More than " + MAX + " parameters."));
    }
    for (var part : parts) {
      int equals = part.indexOf('=');
      var name = decode(equals < 0 ? part : part.substring(0, equals));
      var value = equals < 0 ? "" : decode(part.substring(equals + 1));
      values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
    }
    return new Params(values);
  }

  Optional<String> find(String name) {
    var found = values.get(name);
    return found == null ? Optional.empty() : Optional.of(found.getFirst());
  }

  String require(String name) {
    return find(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new Refused(
                    new ApiError(
                        400,
                        "invalid_request_error",
                        "parameter_missing",
                        null,
                        "Missing required param: " + name + ".",
                        name)));
  }

  /** Whether it is there and true; Stripe's booleans are words. */
  boolean isTrue(String name) {
    return switch (find(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refused(ApiError.parameter(name, "Must be true or false."));
    };
  }

  /** A whole number within the bounds, both included. */
  long number(String name, long min, long max) {
    try {
      long value = Long.parseLong(require(name));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, without repeating the text: it may be a card's.
    }
    throw new Refused(
        ApiError.parameter(name, "Must be a whole number from " + min + " to " + max + "."));
  }

  /** {@code metadata[key]=value}: at most 50, 40 and 500 characters as Stripe allows. */
  Map<String, String> metadata() {
    var found = new TreeMap<String, String>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith("metadata[") && name.endsWith("]")) {
            found.put(name.substring(9, name.length() - 1), value.getFirst());
          }
        });
    boolean tooLong =
        found.entrySet().stream()
            .anyMatch(e -> e.getKey().length() > 40 || e.getValue().length() > 500);
    if (found.size() > 50 || tooLong) {
      throw new Refused(
          ApiError.parameter("metadata", "At most 50 keys of 40 characters, values of 500."));
    }
    return found;
  }

  /** True when {@code expand[]} or {@code expand[0]} asks for the path. */
  boolean expands(String path) {
    return values.entrySet().stream()
        .anyMatch(e -> e.getKey().startsWith("expand[") && e.getValue().contains(path));
  }

  /** All parameters in one order, unambiguous: to be fingerprinted. */
  String canonical() {
    var text = new StringBuilder();
    values.forEach(
        (name, list) ->
            list.forEach(
                value ->
                    text.append(name.length())
                        .append(':')
                        .append(name)
                        .append(value.length())
                        .append(':')
                        .append(value)));
    return text.toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(ApiError.parameter("", "A parameter is not percent-encoded."));
    }
  }

  /** A request that is wrong in itself: nothing is recorded, its key may be used again. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ApiError error;

    Refused(ApiError error) {
      super(error.code(), null, false, false);
      this.error = error;
    }

    ApiError error() {
      return error;
    }
  }
}
