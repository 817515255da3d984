package dev.usher.sim.tla;

import static dev.usher.sim.tla.TraceEvent.isTrue;
import static dev.usher.sim.tla.TraceEvent.says;

import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import java.util.List;

/** What a node says to others and to its state machine, as far as it may be held to it. */
final class Speech {
  private final NodeId node;
  private final List<TraceEvent> events;
  private Message lastRequest = new Message.TimeoutNow(0);

  Speech(NodeId node, List<TraceEvent> events) {
    this.node = node;
    this.events = events;
  }

  void say(Output output) {
    if (output instanceof Output.Send send) {
      say(send.to(), send.message());
    } else if (output instanceof Output.Apply apply) {
      long last = apply.entries().getLast().index();
      events.add(isTrue(node, "apply", "last", last, "entries", apply.entries()));
    }
  }

  private void say(NodeId to, Message message) {
    long term = message.term();
    switch (message) {
      case Message.PreVoteRequest ask -> {
        if (isNews(ask)) {
          ask("ask pre-vote", term, ask.lastIndex(), ask.lastTerm());
        }
      }
      case Message.VoteRequest ask -> {
        if (isNews(ask)) {
          ask("ask vote", term, ask.lastIndex(), ask.lastTerm());
        }
      }
      case Message.PreVoteResponse answer -> {
        if (answer.granted()) {
          events.add(says(node, "pre-vote", "to", to, "term", answer.requestedTerm()));
        }
      }
      case Message.VoteResponse answer -> {
        if (answer.granted()) {
          events.add(says(node, "announce vote", "to", to, "term", term));
        }
      }
      case Message.AppendRequest request -> {
        if (isNews(request)) {
          request(request);
        }
      }
      case Message.AppendSucceeded answer -> {
        events.add(says(node, "acknowledge", "term", term, "index", answer.matchIndex()));
        confirm(term, answer.readRound());
      }
      case Message.AppendRejected answer -> confirm(term, answer.readRound());
      case Message.TimeoutNow ignored -> events.add(says(node, "hand over", "to", to));
      case Message.SnapshotChunk ignored -> {}
      case Message.SnapshotAnswer ignored -> {}
      case Message.LogEndRequest ignored -> {}
      case Message.LogEndResponse ignored -> {}
      case Message.ReadIndexRequest ignored -> {}
      case Message.ReadIndexGranted ignored -> {}
      case Message.ReadIndexRefused ignored -> {}
    }
  }

  /** What goes to all others alike is told once. */
  private boolean isNews(Message request) {
    boolean news = !request.equals(lastRequest);
    lastRequest = request;
    return news;
  }

  private void ask(String act, long term, long lastIndex, long lastTerm) {
    events.add(says(node, act, "term", term, "lastIndex", lastIndex, "lastTerm", lastTerm));
  }

  private void request(Message.AppendRequest request) {
    events.add(
        isTrue(
            node,
            "request",
            "term",
            request.term(),
            "prev",
            request.prevIndex(),
            "prevTerm",
            request.prevTerm(),
            "entries",
            request.entries(),
            "commit",
            request.leaderCommit(),
            "round",
            request.readRound()));
  }

  /** Rounds count from 1: 0 confirms nothing. */
  private void confirm(long term, long round) {
    if (round > 0) {
      events.add(says(node, "confirm round", "term", term, "round", round));
    }
  }
}
