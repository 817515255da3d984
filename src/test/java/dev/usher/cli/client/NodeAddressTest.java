package dev.usher.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
  @Test
  void aListOfAddressesIsReadInItsOrder() {
    assertThat(NodeAddress.parseList("a.example:7101, 10.0.0.2:7102,"))
        .containsExactly(new NodeAddress("a.example", 7101), new NodeAddress("10.0.0.2", 7102));
  }

  @Test
  void anIpv6HostStandsInBrackets() {
    var address = NodeAddress.parse("[::1]:7101");
    assertThat(address).isEqualTo(new NodeAddress("::1", 7101));
    assertThat(address).hasToString("[::1]:7101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", ":7101", "host:", "host:port", "host:0", "host:65536"})
  void whatIsNoAddressIsNamed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeAddress.parse(text))
        .withMessageContaining("HOST:PORT")
        .withMessageContaining(text);
  }

  @Test
  void aListWithoutAnyAddressIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parseList(" , "));
  }
}
