package dev.usher.grpc;

import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.grpc.WatchOpening.Opened;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.SeatChanges;
import dev.usher.seats.SeatView.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * The answers of one WatchSeats call. The state machine never waits for a reader: it puts changes
 * into a {@link SeatBuffer} and goes on; the stream takes them out as its reader asks.
 */
final class SeatWatch extends GraphStage<SourceShape<WatchSeatsResponse>> {
  private static final Object KEEP_ALIVE = "keep-alive";

  private final Outlet<WatchSeatsResponse> out = Outlet.create("SeatWatch.out");
  private final WatchOpening opening;
  private final WatchSettings settings;
  private final Semaphore places;

  /**
   * @param places one is taken while the stream lives
   */
  SeatWatch(WatchOpening opening, WatchSettings settings, Semaphore places) {
    this.opening = opening;
    this.settings = settings;
    this.places = places;
  }

  @Override
  public SourceShape<WatchSeatsResponse> shape() {
    return SourceShape.of(out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final SeatBuffer buffer = new SeatBuffer(settings.changesQueued());
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Lease lease = new Lease();
    private final AsyncCallback<Opened> opened = createAsyncCallback(this::opened);
    private final AsyncCallback<Throwable> failed = createAsyncCallback(this::failed);
    private final AsyncCallback<Boolean> wake = createAsyncCallback(woke -> awake());

    private boolean admitted;
    private String currency = "";
    private boolean following;
    private boolean silent;
    private Optional<WatchSeatsResponse> snapshot = Optional.empty();

    Logic() {
      super(SeatWatch.this.shape());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              emit();
            }
          });
    }

    @Override
    public void preStart() {
      admitted = places.tryAcquire();
      if (!admitted) {
        failStage(
            Errors.of(
                Reason.OVERLOADED,
                "This node serves " + settings.watchesMost() + " watches; try another node."));
        return;
      }
      opening
          .open(this::offer)
          .whenComplete(
              (result, failure) -> {
                if (failure != null) {
                  failed.invoke(failure);
                  return;
                }
                if (result instanceof WatchOpening.Following following) {
                  lease.hold(following.subscription());
                }
                opened.invoke(result);
              });
    }

    /** On the state machine's thread: never blocks. */
    private void offer(SeatChanges changes) {
      buffer.add(changes);
      if (woken.compareAndSet(false, true)) {
        wake.invoke(true);
      }
    }

    private void opened(Opened result) {
      switch (result) {
        case WatchOpening.Following start -> {
          currency = start.currency();
          following = true;
          if (opening.startRevision() == 0) {
            snapshot = Optional.of(response(start.revision(), start.snapshot(), true));
          }
          var half = settings.keepAlive().dividedBy(2);
          scheduleAtFixedRate(KEEP_ALIVE, half, half);
          emit();
        }
        case WatchOpening.NoSuchEvent none ->
            failStage(Errors.notFound(ResourceNames.event(opening.eventId())));
        case WatchOpening.Compacted compacted ->
            failStage(
                Errors.of(
                    Reason.REVISION_COMPACTED,
                    "Changes that far back are no longer known; watch again without"
                        + " start_revision.",
                    Map.of("revision", Long.toString(compacted.revision()))));
        case WatchOpening.Behind ahead ->
            failStage(
                Errors.field(
                    Reason.FIELD_INVALID,
                    "start_revision",
                    "lies ahead of every revision so far, the latest is " + ahead.revision()));
      }
    }

    private void failed(Throwable failure) {
      failStage(Failures.unwrap(failure));
    }

    private void awake() {
      woken.set(false);
      emit();
    }

    @Override
    public void onTimer(Object timerKey) {
      // Silent for one half of the time: the other half is over when the answer has come. A reader
      // who has not read what was last sent needs no keep-alive.
      if (silent && isAvailable(out)) {
        opening.tellRevision(this::offer);
      }
      silent = true;
    }

    private void emit() {
      if (!following || !isAvailable(out)) {
        return;
      }
      if (snapshot.isPresent()) {
        var first = snapshot.get();
        snapshot = Optional.empty();
        push(first);
        return;
      }
      buffer
          .next()
          .ifPresent(changes -> push(response(changes.revision(), changes.seats(), false)));
    }

    private void push(WatchSeatsResponse response) {
      silent = false;
      push(out, response);
    }

    private WatchSeatsResponse response(
        long revision, List<SeatView.Seat> seats, boolean isSnapshot) {
      var response = WatchSeatsResponse.newBuilder().setRevision(revision).setSnapshot(isSnapshot);
      for (var seat : seats) {
        response.addSeats(BookingMessages.seat(opening.eventId(), currency, seat));
      }
      return response.build();
    }

    @Override
    public void postStop() {
      lease.end();
      if (admitted) {
        places.release();
      }
    }
  }

  /** A subscription that ends with the stream, also when it comes after the stream's end. */
  private static final class Lease {
    private Optional<Subscription> subscription = Optional.empty();
    private boolean over;

    synchronized void hold(Subscription started) {
      if (over) {
        started.cancel();
      } else {
        subscription = Optional.of(started);
      }
    }

    synchronized void end() {
      over = true;
      subscription.ifPresent(Subscription::cancel);
    }
  }
}
