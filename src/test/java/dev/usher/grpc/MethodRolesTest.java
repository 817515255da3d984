package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.grpc.ServiceDescription;
import org.junit.jupiter.api.Test;

class MethodRolesTest {
  @Test
  void everyMethodOfEveryServiceIsInTheTableAndNoOther() {
    assertThat(MethodRoles.methods()).isEqualTo(served());
  }

  @Test
  void whatIsNotInTheTableIsForNobody() {
    assertThat(MethodRoles.of("usher.booking.v1.BookingService/Steal")).isEmpty();
  }

  @Test
  void whatOnlySomeMayCallHasAtLeastOneRole() {
    assertThat(MethodRoles.methods())
        .allSatisfy(
            method -> {
              var access = MethodRoles.of(method).orElseThrow();
              if (access instanceof Access.Only only) {
                assertThat(only.roles()).isNotEmpty();
              }
            });
  }

  static Set<String> served() {
    return GrpcEdge.SERVICES.stream()
        .flatMap(service -> methods(service).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> methods(ServiceDescription service) {
    return service.descriptor().getServices().stream()
        .filter(described -> described.getFullName().equals(service.name()))
        .flatMap(described -> described.getMethods().stream())
        .map(method -> service.name() + "/" + method.getName())
        .collect(Collectors.toSet());
  }
}
