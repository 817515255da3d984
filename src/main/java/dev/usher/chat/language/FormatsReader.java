package dev.usher.chat.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads how a language writes days, times and amounts. */
final class FormatsReader {
  private final YamlPlace formats;

  FormatsReader(YamlPlace formats) {
    this.formats = formats;
  }

  Language.Formats formats() {
    return new Language.Formats(
        form("date", Set.of("weekday", "day", "month", "year", "time")),
        form("time", Set.of("hour", "minute")),
        formats.get("decimal_mark").text(),
        formats.get("group_mark").text(),
        names("months", 12),
        names("weekdays", 7),
        money());
  }

  private String form(String part, Set<String> variables) {
    var place = formats.get(part);
    Variables.check(place, variables);
    return place.text();
  }

  private List<String> names(String part, int count) {
    var place = formats.get(part);
    var names = place.texts();
    if (names.size() != count) {
      place.fault("expected " + count + " names");
    }
    return names;
  }

  private Map<String, String> money() {
    var forms = new LinkedHashMap<String, String>();
    formats
        .get("money")
        .map()
        .forEach(
            (currency, form) -> {
              forms.put(currency, form.text());
              Variables.check(form, Set.of("amount"));
            });
    return forms;
  }
}
