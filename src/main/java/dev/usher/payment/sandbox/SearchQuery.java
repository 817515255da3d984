package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Intent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Stripe's search language that is needed: {@code metadata['key']:'value'}, {@code
 * -metadata['key']:null} (the key is there), {@code status:'value'} and {@code created} with {@code
 * : < <= > >=} and whole seconds, joined by {@code AND}.
 */
record SearchQuery(
    Map<String, String> metadata,
    Set<String> present,
    Optional<String> status,
    long createdMinSec,
    long createdMaxSec) {
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern CLAUSE =
      Pattern.compile(
          "\\s*(?:metadata\\[(['\"])(?<key>[\\w-]{1,40})\\1]\\s*:\\s*(['\"])(?<value>[^'\"]{0,500})\\3"
              + "|-metadata\\[(['\"])(?<present>[\\w-]{1,40})\\5]\\s*:\\s*null"
              + "|status\\s*:\\s*(['\"])(?<status>\\w+)\\7"
              + "|created\\s*(?<op>:|<=|>=|<|>)\\s*(?<seconds>\\d{1,12}))\\s*(?<and>AND\\s|$)");

  static SearchQuery parse(String text) {
    var metadata = new HashMap<String, String>();
    var present = new HashSet<String>();
    Optional<String> status = Optional.empty();
    var created = new long[] {0, Long.MAX_VALUE};
    var clauses = CLAUSE.matcher(text);
    boolean more = text.length() <= MAX_LENGTH;
    int end = 0;
    while (more && clauses.lookingAt()) {
      if (clauses.group("key") != null) {
        metadata.put(clauses.group("key"), clauses.group("value"));
      } else if (clauses.group("present") != null) {
        present.add(clauses.group("present"));
      } else if (clauses.group("status") != null) {
        status = Optional.of(clauses.group("status"));
      } else {
        narrow(created, clauses);
      }
      more = !clauses.group("and").isEmpty();
      end = clauses.end();
      clauses.region(end, text.length());
    }
    if (more || end != text.length()) {
      throw new Params.Refused(
          ApiError.parameter(
              "query", "Clauses are metadata['key']:'value', status:'value', created<1; AND."));
    }
    return new SearchQuery(
        Map.copyOf(metadata), Set.copyOf(present), status, created[0], created[1]);
  }

  private static void narrow(long[] created, Matcher clause) {
    long seconds = Long.parseLong(clause.group("seconds"));
    var op = clause.group("op");
    if (!op.startsWith("<")) {
      created[0] = Math.max(created[0], op.equals(">") ? seconds + 1 : seconds);
    }
    if (!op.startsWith(">")) {
      created[1] = Math.min(created[1], op.equals("<") ? seconds - 1 : seconds);
    }
  }

  boolean matches(Intent intent) {
    long seconds = intent.createdMs() / 1000;
    return seconds >= createdMinSec
        && seconds <= createdMaxSec
        && intent.metadata().keySet().containsAll(present)
        && status.map(intent.status().wire()::equals).orElse(true)
        && metadata.entrySet().stream()
            .allMatch(e -> e.getValue().equals(intent.metadata(e.getKey())));
  }
}
