package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Message;
import dev.usher.replica.proto.peer.AppendRequest;
import dev.usher.replica.proto.peer.AppendResponse;
import dev.usher.replica.proto.peer.LogEndRequest;
import dev.usher.replica.proto.peer.LogEndResponse;
import dev.usher.replica.proto.peer.PreVoteRequest;
import dev.usher.replica.proto.peer.PreVoteResponse;
import dev.usher.replica.proto.peer.RaftMessage;
import dev.usher.replica.proto.peer.ReadIndexRequest;
import dev.usher.replica.proto.peer.ReadIndexResponse;
import dev.usher.replica.proto.peer.TimeoutNow;
import dev.usher.replica.proto.peer.VoteRequest;
import dev.usher.replica.proto.peer.VoteResponse;
import java.util.ArrayList;
import java.util.List;

/** Raft messages as protobuf and back, with the checks that a stranger's bytes need. */
final class RaftMessageCodec {
  /** Entries in one message; more than any leader sends. */
  private static final int ENTRIES_MAX = 1 << 16;

  /** Payload bytes in one message; more than any leader sends. */
  private static final long PAYLOAD_BYTES_MAX = 32L << 20;

  private RaftMessageCodec() {}

  static RaftMessage encode(GroupId group, Message message) {
    RaftMessage.Builder wire =
        RaftMessage.newBuilder().setGroup(group.value()).setTerm(message.term());
    switch (message) {
      case Message.PreVoteRequest m ->
          wire.setPreVoteRequest(
              PreVoteRequest.newBuilder().setLastIndex(m.lastIndex()).setLastTerm(m.lastTerm()));
      case Message.PreVoteResponse m ->
          wire.setPreVoteResponse(
              PreVoteResponse.newBuilder()
                  .setRequestedTerm(m.requestedTerm())
                  .setGranted(m.granted()));
      case Message.VoteRequest m ->
          wire.setVoteRequest(
              VoteRequest.newBuilder()
                  .setLastIndex(m.lastIndex())
                  .setLastTerm(m.lastTerm())
                  .setTransfer(m.transfer()));
      case Message.VoteResponse m ->
          wire.setVoteResponse(VoteResponse.newBuilder().setGranted(m.granted()));
      case Message.AppendRequest m -> wire.setAppendRequest(append(m));
      case Message.AppendSucceeded m ->
          wire.setAppendResponse(
              AppendResponse.newBuilder()
                  .setSuccess(true)
                  .setMatchIndex(m.matchIndex())
                  .setReadRound(m.readRound()));
      case Message.AppendRejected m ->
          wire.setAppendResponse(
              AppendResponse.newBuilder()
                  .setRejectedPrevIndex(m.rejectedPrevIndex())
                  .setHintIndex(m.hintIndex())
                  .setHintTerm(m.hintTerm())
                  .setReadRound(m.readRound()));
      case Message.ReadIndexRequest m ->
          wire.setReadIndexRequest(ReadIndexRequest.newBuilder().setReadId(m.readId()));
      case Message.ReadIndexGranted m ->
          wire.setReadIndexResponse(
              ReadIndexResponse.newBuilder()
                  .setReadId(m.readId())
                  .setGranted(true)
                  .setIndex(m.index()));
      case Message.ReadIndexRefused m ->
          wire.setReadIndexResponse(ReadIndexResponse.newBuilder().setReadId(m.readId()));
      case Message.LogEndRequest m ->
          wire.setLogEndRequest(LogEndRequest.newBuilder().setTicket(m.ticket()));
      case Message.LogEndResponse m ->
          wire.setLogEndResponse(
              LogEndResponse.newBuilder().setTicket(m.ticket()).setLastIndex(m.lastIndex()));
      case Message.TimeoutNow m -> wire.setTimeoutNow(TimeoutNow.getDefaultInstance());
      case Message.SnapshotChunk m -> wire.setSnapshotChunk(SnapshotCodec.encode(m));
      case Message.SnapshotAnswer m -> wire.setSnapshotAnswer(SnapshotCodec.encode(m));
    }
    return wire.build();
  }

  private static AppendRequest append(Message.AppendRequest message) {
    AppendRequest.Builder wire =
        AppendRequest.newBuilder()
            .setPrevIndex(message.prevIndex())
            .setPrevTerm(message.prevTerm())
            .setLeaderCommit(message.leaderCommit())
            .setReadRound(message.readRound());
    for (Entry entry : message.entries()) {
      wire.addEntries(
          dev.usher.replica.proto.peer.Entry.newBuilder()
              .setTerm(entry.term())
              .setIndex(entry.index())
              .setTimeMillis(entry.timeMs())
              .setKind(
                  switch (entry.kind()) {
                    case NO_OP -> dev.usher.replica.proto.peer.Entry.Kind.KIND_NO_OP;
                    case COMMAND -> dev.usher.replica.proto.peer.Entry.Kind.KIND_COMMAND;
                    case CONFIGURATION ->
                        dev.usher.replica.proto.peer.Entry.Kind.KIND_CONFIGURATION;
                  })
              .setPayload(EnvelopeCodec.view(entry.payload())));
    }
    return wire.build();
  }

  static Message decode(RaftMessage wire) throws MalformedFrameException {
    long term = notNegative("term", wire.getTerm());
    return switch (wire.getMessageCase()) {
      case PRE_VOTE_REQUEST -> {
        PreVoteRequest m = wire.getPreVoteRequest();
        yield new Message.PreVoteRequest(
            term,
            notNegative("last_index", m.getLastIndex()),
            notNegative("last_term", m.getLastTerm()));
      }
      case PRE_VOTE_RESPONSE -> {
        PreVoteResponse m = wire.getPreVoteResponse();
        yield new Message.PreVoteResponse(
            term, notNegative("requested_term", m.getRequestedTerm()), m.getGranted());
      }
      case VOTE_REQUEST -> {
        VoteRequest m = wire.getVoteRequest();
        yield new Message.VoteRequest(
            term,
            notNegative("last_index", m.getLastIndex()),
            notNegative("last_term", m.getLastTerm()),
            m.getTransfer());
      }
      case VOTE_RESPONSE -> new Message.VoteResponse(term, wire.getVoteResponse().getGranted());
      case APPEND_REQUEST -> append(term, wire.getAppendRequest());
      case APPEND_RESPONSE -> appendResponse(term, wire.getAppendResponse());
      case READ_INDEX_REQUEST ->
          new Message.ReadIndexRequest(term, wire.getReadIndexRequest().getReadId());
      case READ_INDEX_RESPONSE -> {
        ReadIndexResponse m = wire.getReadIndexResponse();
        yield m.getGranted()
            ? new Message.ReadIndexGranted(term, m.getReadId(), notNegative("index", m.getIndex()))
            : new Message.ReadIndexRefused(term, m.getReadId());
      }
      case LOG_END_REQUEST -> new Message.LogEndRequest(term, wire.getLogEndRequest().getTicket());
      case LOG_END_RESPONSE -> {
        LogEndResponse m = wire.getLogEndResponse();
        yield new Message.LogEndResponse(
            term, m.getTicket(), notNegative("last_index", m.getLastIndex()));
      }
      case SNAPSHOT_CHUNK ->
          SnapshotCodec.decode(PeerCodec.group(wire.getGroup()), term, wire.getSnapshotChunk());
      case SNAPSHOT_ANSWER -> SnapshotCodec.decode(term, wire.getSnapshotAnswer());
      case TIMEOUT_NOW -> new Message.TimeoutNow(term);
      case MESSAGE_NOT_SET -> throw new MalformedFrameException("raft message of unknown kind");
    };
  }

  private static Message appendResponse(long term, AppendResponse m)
      throws MalformedFrameException {
    long readRound = notNegative("read_round", m.getReadRound());
    return m.getSuccess()
        ? new Message.AppendSucceeded(
            term, notNegative("match_index", m.getMatchIndex()), readRound)
        : new Message.AppendRejected(
            term,
            notNegative("rejected_prev_index", m.getRejectedPrevIndex()),
            notNegative("hint_index", m.getHintIndex()),
            notNegative("hint_term", m.getHintTerm()),
            readRound);
  }

  private static Message append(long term, AppendRequest m) throws MalformedFrameException {
    if (m.getEntriesCount() > ENTRIES_MAX) {
      throw new MalformedFrameException("append request with " + m.getEntriesCount() + " entries");
    }
    long prevIndex = notNegative("prev_index", m.getPrevIndex());
    long prevTerm = notNegative("prev_term", m.getPrevTerm());
    List<Entry> entries = new ArrayList<>(m.getEntriesCount());
    long bytes = 0;
    long lastTerm = prevTerm;
    for (dev.usher.replica.proto.peer.Entry wire : m.getEntriesList()) {
      Entry entry = entry(wire);
      if (entry.index() != prevIndex + entries.size() + 1
          || entry.term() < lastTerm
          || entry.term() > term) {
        throw new MalformedFrameException(
            "entry out of order: term=" + entry.term() + " index=" + entry.index());
      }
      bytes += entry.payload().size();
      lastTerm = entry.term();
      entries.add(entry);
    }
    if (bytes > PAYLOAD_BYTES_MAX) {
      throw new MalformedFrameException("append request with " + bytes + " bytes of payload");
    }
    return new Message.AppendRequest(
        term,
        prevIndex,
        prevTerm,
        entries,
        notNegative("leader_commit", m.getLeaderCommit()),
        notNegative("read_round", m.getReadRound()));
  }

  private static Entry entry(dev.usher.replica.proto.peer.Entry wire)
      throws MalformedFrameException {
    Entry.Kind kind =
        switch (wire.getKind()) {
          case KIND_NO_OP -> Entry.Kind.NO_OP;
          case KIND_COMMAND -> Entry.Kind.COMMAND;
          case KIND_CONFIGURATION -> Entry.Kind.CONFIGURATION;
          case KIND_UNSPECIFIED, UNRECOGNIZED ->
              throw new MalformedFrameException("entry of unknown kind: index=" + wire.getIndex());
        };
    Bytes payload = EnvelopeCodec.bytes(wire.getPayload());
    if (kind == Entry.Kind.CONFIGURATION) {
      refuseUnlessConfiguration(payload, wire.getIndex());
    }
    return new Entry(
        notNegative("term", wire.getTerm()),
        notNegative("index", wire.getIndex()),
        wire.getTimeMillis(),
        kind,
        payload);
  }

  private static void refuseUnlessConfiguration(Bytes payload, long index)
      throws MalformedFrameException {
    try {
      ConfigurationText.decode(payload);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("entry that is no configuration: index=" + index);
    }
  }

  static long notNegative(String field, long value) throws MalformedFrameException {
    if (value < 0) {
      throw new MalformedFrameException(field + " out of range: " + Long.toUnsignedString(value));
    }
    return value;
  }
}
