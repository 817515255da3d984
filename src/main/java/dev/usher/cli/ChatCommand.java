package dev.usher.cli;

import dev.usher.api.chatbot.v1.ResetConversationRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "chat",
    header = "Talk with the assistant: events, seats, prices, your bookings.",
    description = {
      "",
      "It answers from live data and books with your own session, only after you said yes to what"
          + " it read back; for booking, give a card. One line is one message; a script pipes lines"
          + " in. The end of input (Ctrl-D) ends the talk, and --conversation goes on with it"
          + " later, for an hour.",
      "",
      "/seats draws the seats of the event that is talked about, /reset forgets what was said and"
          + " lets held seats go, /help says so.",
    },
    footer = {
      "",
      "Examples:",
      "  usher chat --test-card ok",
      "  usher chat --language de",
      "  printf 'what is on?\\nis there anything free at hamlet?\\n' | usher chat"
    })
final class ChatCommand extends ApiCommand {
  private static final int COLUMNS = 80;

  /** For example de_AT.UTF-8. */
  private static final Pattern LANG = Pattern.compile("([a-z]{2,3})(_[A-Z]{2})?([.@].*)?");

  private static final String HELP =
      "Say what you would like in your own words, or what is suggested below an answer. /seats"
          + " draws the seats of the event we talk about, /reset forgets what was said and lets"
          + " held seats go, /quit or Ctrl-D ends.";

  @Mixin final PaymentOptions payment = new PaymentOptions();

  @Option(
      names = "--conversation",
      paramLabel = "NAME",
      description = "Go on with this conversation.",
      order = 1)
  String conversation = "";

  @Option(
      names = "--why",
      description = "Show after each answer what was understood, and from what.",
      order = 2)
  boolean why;

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description =
          "The language to speak, for example de. Without it LANG says which, if it names another"
              + " one than English; otherwise the assistant speaks the one that it hears.",
      order = 3)
  String language = "";

  /** What a yes is to; it goes with every message, so that it can't be to anything else. */
  private String token = "";

  private Optional<String> event = Optional.empty();
  private int worst = ExitCode.OK;

  ChatCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var screen = new ChatScreen(cli.terminal(), columns(), common.json(), why);
    String paymentMethod = payment.given() ? payment.resolve(cli, client, newRequestId()) : "";
    language = language.isEmpty() ? ofEnvironment() : language;
    conversation = conversation.isEmpty() ? "" : Names.of("conversations", conversation);
    screen.open();
    for (var line = next(screen); line.isPresent(); line = next(screen)) {
      try {
        hear(client, screen, line.get(), paymentMethod);
      } catch (CallFailedException e) {
        // One message that failed does not end a person's conversation; a script's, it does.
        if (!cli.terminal().inputInteractive()) {
          throw e;
        }
        var explanation = Explanation.of(e);
        cli.terminal().err().print(explanation.text());
        worst = explanation.exitCode();
      }
    }
    if (cli.terminal().inputInteractive() && !conversation.isEmpty()) {
      screen.hint("To go on later: usher chat --conversation " + Names.id(conversation));
    }
    return worst;
  }

  /** Of {@code LANG}. English says nothing: many a machine has it whose owner speaks another. */
  private String ofEnvironment() {
    var lang = cli.environment().getOrDefault("LANG", "");
    var named = LANG.matcher(lang);
    return named.matches() && !named.group(1).equals("en") ? named.group(1) : "";
  }

  private int columns() {
    try {
      return Integer.parseInt(cli.environment().getOrDefault("COLUMNS", "" + COLUMNS));
    } catch (NumberFormatException e) {
      return COLUMNS;
    }
  }

  /** The next line with words in it; empty at the end of input. */
  private Optional<String> next(ChatScreen screen) {
    while (true) {
      screen.prompt();
      var line = cli.terminal().readLine().map(String::strip);
      if (line.isEmpty() || line.get().equals("/quit")) {
        return Optional.empty();
      }
      if (!line.get().isEmpty()) {
        return line;
      }
    }
  }

  private void hear(UsherClient client, ChatScreen screen, String line, String paymentMethod) {
    switch (line) {
      case "/help" -> screen.hint(HELP);
      case "/reset" -> reset(client, screen);
      case "/seats" ->
          event.ifPresentOrElse(
              name -> screen.seats(client, name),
              () -> screen.hint("Which event? Ask about one first."));
      default -> say(client, screen, line, paymentMethod);
    }
  }

  private void say(UsherClient client, ChatScreen screen, String text, String paymentMethod) {
    var answer = client.call(Api.SEND_MESSAGE, message(text, paymentMethod));
    conversation = answer.getConversation();
    token = answer.getConfirmationToken();
    event = ChatScreen.event(answer).or(() -> event);
    screen.show(answer);
    if (cli.terminal().outputInteractive() && asksForSeats(answer)) {
      event.ifPresent(name -> screen.seats(client, name));
    }
  }

  private static boolean asksForSeats(SendMessageResponse answer) {
    return answer.getIntent().equals("check_availability")
        && answer.getMissingSlotsCount() == 0
        && ChatScreen.event(answer).isPresent();
  }

  private void reset(UsherClient client, ChatScreen screen) {
    if (!conversation.isEmpty()) {
      var forget = ResetConversationRequest.newBuilder().setConversation(conversation).build();
      client.call(Api.RESET_CONVERSATION, forget);
    }
    token = "";
    event = Optional.empty();
    screen.hint("Forgotten; we begin anew.");
  }

  private SendMessageRequest message(String text, String paymentMethod) {
    return SendMessageRequest.newBuilder()
        .setConversation(conversation)
        .setText(text)
        .setRequestId(newRequestId())
        .setPaymentMethod(paymentMethod)
        .setConfirmationToken(token)
        .setLanguageCode(language)
        .build();
  }
}
