package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAlignedAndNumbersStandToTheRight() {
    assertThat(Table.of("NODE", "LAG").row("node-1", 7).row("n", 120).render())
        .isEqualTo(
            """
            NODE    LAG
            node-1    7
            n       120
            """);
  }

  @Test
  void amountsOfMoneyStandToTheRight() {
    assertThat(Table.of("PRICE", "X").row("5.00 EUR", "a").row("45.00 EUR", "b").render())
        .contains(" 5.00 EUR  a");
  }

  @Test
  void aServersTextCannotSteerTheTerminal() {
    assertThat(Table.of("NAME").row("a\u001b[31m\nb").render()).isEqualTo("NAME\na [31m b\n");
  }

  @Test
  void aTableWithoutRowsHasItsHeadings() {
    assertThat(Table.of("A", "B").render()).isEqualTo("A  B\n");
  }
}
