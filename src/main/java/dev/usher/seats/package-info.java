/**
 * What the seat log means: a deterministic model of venues, events, seats, holds, bookings, tickets
 * and debts; {@code SeatStateMachine} has one hosted by an actor per group and node. Knows {@code
 * replica}. Must never read a clock, draw a random number, or talk to anybody: time and ids come in
 * with the command.
 */
@NullMarked
package dev.usher.seats;

import org.jspecify.annotations.NullMarked;
