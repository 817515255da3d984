/**
 * The way of a booking: {@code BookingSaga} chains session, authorization, commit and capture; the
 * reconciler pays the debts that a dead saga left. Knows {@code auth}, {@code payment} and {@code
 * seats}. Must never decide who gets a seat: the log does.
 */
@NullMarked
package dev.usher.booking;

import org.jspecify.annotations.NullMarked;
