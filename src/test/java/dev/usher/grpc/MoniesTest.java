package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoniesTest {
  @ParameterizedTest
  @CsvSource({"1250, EUR, 12, 500000000", "1250, JPY, 1250, 0", "1250, BHD, 1, 250000000"})
  void minorUnitsBecomeUnitsAndNanosByTheCurrencysDecimals(
      long minor, String currency, long units, int nanos) {
    assertThat(Monies.of(minor, currency)).isEqualTo(money(currency, units, nanos));
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long minor) {
    for (var currency : new String[] {"EUR", "JPY", "BHD", "CLF"}) {
      var violations = new Violations();
      assertThat(Monies.parse(Monies.of(minor, currency), "price", violations))
          .contains(new Monies.Amount(minor, currency));
      assertThat(violations.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EUR, 1, 1, price.nanos",
    "EUR, 1, 5000000, price.nanos",
    "JPY, 1, 500000000, price.nanos",
    "EUR, 1, 1000000000, price.nanos",
    "EUR, -1, 0, price",
    "EUR, 0, -10000000, price",
    "EUR, 9223372036854775807, 0, price.units",
    "XXX, 1, 0, price.currency_code",
    "euro, 1, 0, price.currency_code",
    "'', 1, 0, price.currency_code"
  })
  void whatIsNotAnAmountOfTheCurrencyIsAViolation(
      String currency, long units, int nanos, String field) {
    var violations = new Violations();
    assertThat(Monies.parse(money(currency, units, nanos), "price", violations)).isEmpty();
    assertThat(Fields.of(violations)).containsExactly(field);
  }

  private static Money money(String currency, long units, int nanos) {
    return Money.newBuilder().setCurrencyCode(currency).setUnits(units).setNanos(nanos).build();
  }
}
