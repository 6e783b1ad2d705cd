/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * choice.h - what a column of choices offers: words of a list, or the states
 * that rows stand in.
 */
#ifndef DAJUAN_HOST_LEDGER_CHOICE_H
#define DAJUAN_HOST_LEDGER_CHOICE_H

#include "base/text.h"

/* How a state or a mark is set off from others. */
enum tone { TONE_NONE, TONE_CALM, TONE_BUSY, TONE_WARN, TONE_BAD, TONE_DONE };

struct choice {
    struct str key;
    struct text label;
    struct str synonyms; /* words of workbooks, separated by | */
    enum tone tone;
};

/*
 * CHOICE("weekly", "每周1次", "Weekly", KNOWN_AS("每周一次")), or without the
 * words: an empty last argument is passed on, so that none need follow.
 */
#define CHOICE(name, zh, ...) CHOICE_AS(name, zh, __VA_ARGS__, )
#define CHOICE_AS(name, zh, en, ...)                                           \
    {                                                                          \
        .key = S_INIT(name), .label = TEXT_INIT(zh, en), __VA_ARGS__           \
    }

#endif
