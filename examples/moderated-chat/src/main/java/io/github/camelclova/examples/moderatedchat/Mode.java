package io.github.camelclova.examples.moderatedchat;

/** When the page sees the text of an answer. */
public enum Mode {
    /** After the verdict, and only if it is good. */
    SAFE,
    /** While it is made. A bad verdict comes too late to hide it, and the page takes it back. */
    LIVE
}
