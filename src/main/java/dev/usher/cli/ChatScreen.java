package dev.usher.cli;

import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.chatbot.v1.Slot;
import dev.usher.api.chatbot.v1.SuggestedAction;
import dev.usher.cli.client.Seats;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Json;
import dev.usher.cli.term.Paragraphs;
import dev.usher.cli.term.SeatMap;
import dev.usher.cli.term.Terminal;
import dev.usher.cli.term.Terminal.Style;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows what the assistant says: for a person with suggestions and seats, for a pipe plainly. */
final class ChatScreen {
  private static final int WIDTH_MAX = 100;
  private static final String PROMPT = "> ";

  private final Terminal terminal;
  private final int width;
  private final boolean json;
  private final boolean why;

  /**
   * @param columns of the terminal
   * @param why show what was understood, and from what
   */
  ChatScreen(Terminal terminal, int columns, boolean json, boolean why) {
    this.terminal = terminal;
    this.width = Math.clamp(columns, 20, WIDTH_MAX);
    this.json = json;
    this.why = why;
  }

  /** Only a person is greeted. */
  void open() {
    if (terminal.inputInteractive()) {
      hint("Ask away, for example: what's on?   /help says more, Ctrl-D ends.");
    }
  }

  void prompt() {
    if (terminal.inputInteractive()) {
      terminal.err().print(terminal.styled(Style.STRONG, PROMPT));
      terminal.err().flush();
    }
  }

  void hint(String text) {
    terminal.err().println(terminal.styled(Style.FAINT, Paragraphs.wrap(text, width)));
  }

  void show(SendMessageResponse answer) {
    var out = terminal.out();
    if (json) {
      out.println(Json.of(answer));
      return;
    }
    out.println(
        terminal.outputInteractive() ? Paragraphs.wrap(answer.getText(), width) : answer.getText());
    if (why) {
      out.println(terminal.styled(Style.FAINT, understood(answer)));
    }
    if (terminal.outputInteractive() && answer.getSuggestedActionsCount() > 0) {
      out.println(terminal.styled(Style.FAINT, suggestions(answer)));
    }
  }

  private String suggestions(SendMessageResponse answer) {
    return answer.getSuggestedActionsList().stream()
        .map(SuggestedAction::getText)
        .collect(Collectors.joining(" · ", "  ", ""));
  }

  private static String understood(SendMessageResponse answer) {
    return String.format(
        Locale.ROOT,
        "  [%s %.2f%s]",
        answer.getIntent().isEmpty() ? "-" : answer.getIntent(),
        answer.getConfidence(),
        answer.getWhyList().stream().map(reason -> "; " + reason).collect(Collectors.joining()));
  }

  /** The one event that an answer is about. */
  static Optional<String> event(SendMessageResponse answer) {
    return answer.getSlotsList().stream()
        .filter(slot -> slot.getName().equals("event") && !slot.getValue().contains(","))
        .map(Slot::getValue)
        .findFirst();
  }

  void seats(UsherClient client, String event) {
    var map = new SeatMap(terminal).render(Seats.of(client, event, false));
    terminal.out().println(map.stripTrailing());
  }
}
