/**
 * Money: {@code PaymentActor} over a {@code PaymentProvider}; the Stripe client; the sandbox
 * provider, a process of its own. Knows no other room. Must never store or log a card number, and
 * never guess an outcome: what is not known is queried.
 */
@NullMarked
package dev.usher.payment;

import org.jspecify.annotations.NullMarked;
