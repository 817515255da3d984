/**
 * {@code usher load}: thousands of bookings while cards are declined, the payment provider falls
 * silent and leaders die, and the audit afterwards. Knows the client, local clusters, and what the
 * bench and the demo have for such runs. Must never know a command line, nor call an answer one
 * that no buyer got.
 */
@NullMarked
package dev.usher.cli.load;

import org.jspecify.annotations.NullMarked;
