package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterChange;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import dev.usher.cli.term.Terminal;
import dev.usher.cli.term.Terminal.Style;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;

/** The cluster as it is watched: a table that is drawn over itself, or a line for each change. */
final class ClusterScreen {
  private static final int CHANGES_SHOWN = 12;

  private final Terminal terminal;
  private final boolean live;
  private final ArrayDeque<String> changes = new ArrayDeque<>();
  private String source = "";
  private boolean hasTable;
  private int linesDrawn;

  ClusterScreen(Terminal terminal) {
    this.terminal = terminal;
    this.live = terminal.outputInteractive() && terminal.colour();
  }

  /** From now on this node tells. */
  void from(NodeAddress node) {
    if (!source.isEmpty()) {
      note(source + " broke off; asking " + node);
    }
    source = node.toString();
  }

  void show(WatchClusterResponse message) {
    for (ClusterChange change : message.getChangesList()) {
      note(text(change));
    }
    String table = ClusterText.of(message.getStatus());
    if (live) {
      draw(table);
    } else if (!hasTable) {
      terminal.out().print(table);
    }
    hasTable = true;
    terminal.out().flush();
  }

  private void note(String text) {
    String line = LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + text;
    if (live) {
      changes.addLast(line);
      if (changes.size() > CHANGES_SHOWN) {
        changes.removeFirst();
      }
    } else {
      terminal.out().println(line);
    }
  }

  private void draw(String table) {
    var picture = new StringBuilder();
    if (linesDrawn > 0) {
      picture.append("\u001b[").append(linesDrawn).append("A\u001b[J");
    }
    var lines = table.lines().toList();
    picture.append(terminal.styled(Style.STRONG, lines.getFirst())).append('\n');
    lines.stream()
        .skip(1)
        .map(line -> line.contains("no answer") ? terminal.styled(Style.BAD, line) : line)
        .forEach(line -> picture.append(line).append('\n'));
    picture.append(terminal.styled(Style.FAINT, "told by " + source + "; Ctrl-C ends"));
    picture.append('\n');
    changes.forEach(change -> picture.append(change).append('\n'));
    linesDrawn = lines.size() + 1 + changes.size();
    terminal.out().print(picture);
  }

  /** {@code node-1 system: role follower → leader}. */
  static String text(ClusterChange change) {
    var text = new StringBuilder(Names.id(change.getNode()));
    if (!change.getGroup().isEmpty()) {
      text.append(' ').append(Names.id(change.getGroup()));
    }
    text.append(": ").append(Words.of(change.getKind()));
    return Table.oneLine(
        text.append(' ')
            .append(value(change.getBefore()))
            .append(" → ")
            .append(value(change.getAfter()))
            .toString());
  }

  private static String value(String name) {
    return name.isEmpty() ? "none" : Names.id(name);
  }
}
