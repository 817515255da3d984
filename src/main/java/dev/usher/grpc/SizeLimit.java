package dev.usher.grpc;

import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import scala.Option;

/**
 * Lets a request's bytes through up to a limit. Beyond it they are swallowed, and the stream fails
 * only when the request is complete: to stop reading would reset the HTTP/2 stream, and the caller
 * would see CANCELLED instead of the reason. A request that is larger still is cut off.
 */
final class SizeLimit extends GraphStage<FlowShape<ByteString, ByteString>> {
  private static final int SWALLOWED_FACTOR = 8;

  private final Inlet<ByteString> in = Inlet.create("SizeLimit.in");
  private final Outlet<ByteString> out = Outlet.create("SizeLimit.out");
  private final long bytesMost;

  SizeLimit(long bytesMost) {
    this.bytesMost = bytesMost;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private long bytes;

    Logic() {
      super(SizeLimit.this.shape());
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              take(grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              if (bytes > bytesMost) {
                failStage(tooLarge());
              } else {
                completeStage();
              }
            }
          });
    }

    private void take(ByteString chunk) {
      bytes += chunk.size();
      if (bytes <= bytesMost) {
        push(out, chunk);
      } else if (bytes <= SWALLOWED_FACTOR * bytesMost) {
        pull(in);
      } else {
        failStage(tooLarge());
      }
    }

    private RuntimeException tooLarge() {
      return new EntityStreamSizeException(bytesMost, Option.empty());
    }
  }
}
