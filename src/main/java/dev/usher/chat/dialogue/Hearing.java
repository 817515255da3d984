package dev.usher.chat.dialogue;

import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understood;

/**
 * One message on its way through the dialogue.
 *
 * @param paymentMethodId what the speaker would pay with, or empty
 */
public record Hearing(Understood understood, Catalogue catalogue, String paymentMethodId) {}
