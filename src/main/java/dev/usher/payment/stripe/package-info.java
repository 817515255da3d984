/**
 * The client of Stripe's API, which the payment sandbox speaks as well. Knows {@code payment}. Must
 * never take a missing answer for a no, and never let the secret key or a card into a message.
 */
@NullMarked
package dev.usher.payment.stripe;

import org.jspecify.annotations.NullMarked;
