/**
 * The edge: one class per proto service, errors, sessions and roles from metadata, deadlines,
 * health, reflection. Knows the actors' protocols. Must never hold a rule of the business.
 */
@NullMarked
package dev.usher.grpc;

import org.jspecify.annotations.NullMarked;
