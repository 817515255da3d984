package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.type.Money;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @Property(tries = 200)
  void whatIsPrintedIsReadAsTheSameAmount(
      @ForAll @LongRange(min = 0, max = 10_000_000) long cents) {
    var money =
        Money.newBuilder()
            .setCurrencyCode("EUR")
            .setUnits(cents / 100)
            .setNanos((int) (cents % 100) * 10_000_000)
            .build();
    String text = Amounts.text(money);
    assertThat(Amounts.parse(text.replace(" EUR", ""), "EUR")).isEqualTo(money);
    assertThat(Amounts.minor(money)).isEqualTo(cents);
  }

  @Test
  void aCurrencyWithoutDecimalsHasNone() {
    assertThat(Amounts.text(Amounts.parse("4500", "JPY"))).isEqualTo("4500 JPY");
  }

  @Test
  void noAmountIsADash() {
    assertThat(Amounts.text(Money.getDefaultInstance())).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({"x,EUR", "-1,EUR", "1.005,EUR", "1.5,JPY", "10,XXY", "1e30,EUR"})
  void whatIsNoPriceIsRefused(String amount, String currency) {
    assertThatIllegalArgumentException().isThrownBy(() -> Amounts.parse(amount, currency));
  }
}
