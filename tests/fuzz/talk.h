/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One client that says a lot without waiting, and knows what has to come back:
 * an answer to each line that wants one, and nothing else. */
#ifndef FUZZ_TALK_H
#define FUZZ_TALK_H

#include "grammar.h"

/* More lines than a client has under way. */
#define TALK_LINES 1024

/* What the daemon does with a line. */
struct said {
    uint64_t end;   /* where in the stream it ends */
    bool is_silent; /* empty, or a comment: no answer */
    bool is_data;   /* D: after a question, no answer */
    bool is_bye;
    bool waits; /* DEVINFO --watch: for more to be sent */
    size_t len;
    char start[64]; /* for the report of a failure */
};

struct counts {
    size_t lines; /* dealt with: answered, or rightly ignored */
    size_t ok;
    size_t errors;
    size_t questions;
};

enum talk_state {
    TALK_COMMAND,  /* the next line is a command */
    TALK_ASKED,    /* the next line answers a question of the daemon */
    TALK_ANSWERED, /* the command goes on */
    TALK_BYE,      /* the connection will be closed */
};

struct talk {
    int in; /* < 0: there is none */
    int out;
    unsigned number;
    struct rng rng;
    const struct grammar *grammar;
    bool is_first; /* its end would be the daemon's */
    bool with_pin;
    bool leaves;  /* without waiting for the answers */
    bool is_deaf; /* the daemon reads no more */
    bool was_greeted;
    size_t n_left; /* to be said */
    size_t window; /* lines under way at the same time */
    enum talk_state state;
    struct said lines[TALK_LINES]; /* a ring */
    size_t first;
    size_t n;
    struct said command; /* the one under way, once it has asked */
    struct text unsent;
    uint64_t sent;
    uint64_t hold; /* no more is sent until all up to here is answered; or 0 */
    struct text unread;
    struct counts counts;
};

/* A client with these descriptors, which do not block.  Its RNG alone decides
 * what it says. */
void talk_begin(struct talk *talk, int in, int out, unsigned number,
                struct rng rng, const struct grammar *grammar);
/* Close the descriptors, unless it is the first client. */
void talk_end(struct talk *talk);

/* Say more, if there is more to say and not too much under way.  False: it has
 * said and heard all, or leaves. */
bool talk_say(struct talk *talk);
bool talk_has_unsent(const struct talk *talk);
/* Write, and read, what can be.  False: the daemon did something wrong, and it
 * was told on standard error. */
void talk_write(struct talk *talk);
bool talk_read(struct talk *talk);
/* Say on standard error where it stands. */
void talk_report(const struct talk *talk, const char *what);

#endif
