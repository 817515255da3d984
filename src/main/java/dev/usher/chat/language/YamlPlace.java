package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A place in a YAML file that knows its line and reports what is wrong with it. */
final class YamlPlace {
  private final String file;
  private final List<String> faults;
  private final int line;
  private final @Nullable Node node;

  private YamlPlace(String file, List<String> faults, int line, @Nullable Node node) {
    this.file = file;
    this.faults = faults;
    this.line = line;
    this.node = node;
  }

  /** The top of a file; faults of the YAML itself are reported too. */
  static YamlPlace read(String file, String text, List<String> faults) {
    try {
      var settings = LoadSettings.builder().setLabel(file).build();
      Node top = new Compose(settings).composeString(text).orElse(null);
      return new YamlPlace(file, faults, 1, top);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      faults.add(file + ":" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      faults.add(file + ":1: " + e.getMessage());
    }
    return new YamlPlace(file, faults, 1, null);
  }

  int line() {
    return line;
  }

  /** File and line. */
  String where() {
    return file + ":" + line;
  }

  void fault(String what) {
    faults.add(where() + ": " + what);
  }

  /** The entries in file order; a fault when it is something else. */
  Map<String, YamlPlace> map() {
    var entries = new LinkedHashMap<String, YamlPlace>();
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        var key = at(tuple.getKeyNode());
        var value = tuple.getValueNode();
        if (entries.put(key.text(), new YamlPlace(file, faults, key.line, value)) != null) {
          key.fault("'" + key.text() + "' is there twice");
        }
      }
    } else {
      fault("expected names with values");
    }
    return entries;
  }

  /** The items; a single value counts as a list of one. */
  List<YamlPlace> list() {
    if (node instanceof SequenceNode sequence) {
      var items = new ArrayList<YamlPlace>();
      sequence.getValue().forEach(item -> items.add(at(item)));
      return items;
    }
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    fault("expected a list");
    return List.of();
  }

  String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    fault("expected a text");
    return "";
  }

  List<String> texts() {
    return list().stream().map(YamlPlace::text).toList();
  }

  int number() {
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException e) {
      fault("expected a whole number");
      return 0;
    }
  }

  /** A named entry of this map; a fault when it is missing. */
  YamlPlace get(String name) {
    var entry = map().get(name);
    if (entry == null) {
      fault("'" + name + "' is missing");
      return new YamlPlace(file, new ArrayList<>(), line, null);
    }
    return entry;
  }

  private YamlPlace at(Node place) {
    int placeLine = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
    return new YamlPlace(file, faults, placeLine, place);
  }
}
