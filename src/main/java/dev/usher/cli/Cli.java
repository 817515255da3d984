package dev.usher.cli;

import dev.usher.cli.client.Waiting;
import dev.usher.cli.term.Terminal;
import java.util.Map;

/**
 * What every command has at hand.
 *
 * @param environment the process's variables: USHER_NODES, USHER_HOME, HOME
 * @param waiting the clock that calls are timed with
 */
record Cli(Terminal terminal, Map<String, String> environment, Waiting waiting) {
  SessionStore sessions() {
    return new SessionStore(environment);
  }
}
