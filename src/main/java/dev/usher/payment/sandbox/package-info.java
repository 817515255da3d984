/**
 * The payment sandbox: a process of its own that speaks Stripe's PaymentIntents over HTTP and keeps
 * its ledger on disk. Knows no other room. Must never write a card number anywhere, and never
 * answer a change before it is on disk.
 */
@NullMarked
package dev.usher.payment.sandbox;

import org.jspecify.annotations.NullMarked;
