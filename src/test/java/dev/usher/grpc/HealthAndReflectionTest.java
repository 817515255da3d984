package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.health.v1.Health;
import dev.usher.api.health.v1.HealthCheckRequest;
import dev.usher.api.health.v1.HealthCheckResponse;
import dev.usher.api.health.v1.HealthCheckResponse.ServingStatus;
import grpc.reflection.v1alpha.reflection.ServerReflectionRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.grpc.ServiceDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAndReflectionTest {
  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @AfterEach
  void wellAgain() {
    house.ready = true;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usher.booking.v1.BookingService", "grpc.health.v1.Health"})
  void eachServiceIsServedWhenTheNodeIsReady(String service) {
    assertThat(check(service)).isEqualTo(ServingStatus.SERVING);
    house.ready = false;
    assertThat(check(service)).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void anUnknownServiceIsNotFound() {
    var error = house.client.refused(Health.name + "/Check", request("no.Service"), "");
    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aWatchTellsEveryChangeOnce() {
    var watch =
        house.client.stream(
            Health.name + "/Watch", request(""), HealthCheckResponse.getDefaultInstance(), "");
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    house.ready = false;
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    house.ready = true;
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void aWatchOfAnUnknownServiceSaysSoAndStaysOpen() {
    var watch =
        house.client.stream(
            Health.name + "/Watch",
            request("no.Service"),
            HealthCheckResponse.getDefaultInstance(),
            "");
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
  }

  @Test
  void reflectionListsEveryService() {
    assertThat(reflect("{list}"))
        .contains(GrpcEdge.SERVICES.stream().map(ServiceDescription::name).toArray(String[]::new));
  }

  @Test
  void reflectionDescribesAMethodsFile() {
    assertThat(reflect("usher.booking.v1.BookingService")).contains("CreateBookingRequest");
  }

  private static ServingStatus check(String service) {
    return house
        .client
        .call(
            Health.name + "/Check", request(service), HealthCheckResponse.getDefaultInstance(), "")
        .getStatus();
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  /** The first answer to one question, as text. */
  private static String reflect(String symbol) {
    var question =
        symbol.equals("{list}")
            ? ServerReflectionRequest.defaultInstance().withListServices("")
            : ServerReflectionRequest.defaultInstance().withFileContainingSymbol(symbol);
    var method =
        io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.BIDI_STREAMING)
            .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
            .setRequestMarshaller(new Raw())
            .setResponseMarshaller(new Raw())
            .build();
    var answers =
        ClientCalls.blockingServerStreamingCall(
            house.client.with(new Metadata()),
            method.toBuilder().setType(MethodType.SERVER_STREAMING).build(),
            CallOptions.DEFAULT,
            question.toByteArray());
    return new String(answers.next(), StandardCharsets.ISO_8859_1);
  }

  private static final class Raw implements io.grpc.MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
