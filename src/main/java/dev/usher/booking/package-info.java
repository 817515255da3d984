/**
 * The way of a booking: {@code SagaFlow} decides, {@code BookingSaga} writes down and does it
 * (session, authorization, commit, capture); the reconciler pays the debts that a dead saga left,
 * and {@code Audit} compares money with seats. Knows {@code auth}, {@code payment}, {@code seats},
 * {@code shards}, {@code directory} and {@code journal}. Must never decide who gets a seat: the log
 * does.
 */
@NullMarked
package dev.usher.booking;

import org.jspecify.annotations.NullMarked;
