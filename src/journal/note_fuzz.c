/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The input is read as a note, a head's text and a key. What is accepted
 * must be written the same way again; a text we may sign must verify.
 */
#include "journal/note.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_head(struct mem *m, struct str input)
{
    struct str origin = str_slice(input, 0, str_find(input, S("\n")));
    struct tree_head head;
    struct text why;

    if (!note_name_is_valid(origin) ||
        note_head_read(m, input, origin, &head, &why) != OK)
        return;
    if (!str_eq(note_head_text(m, origin, &head), input))
        BUG("a head with two spellings");
}

static void try_key(struct mem *m, struct str input)
{
    struct note_key key;
    struct text why;

    if (note_key_decode(m, input, &key, &why) == OK &&
        !str_eq(note_key_encode(m, &key), input))
        BUG("a key with two spellings");
}

static void try_note(struct mem *m, struct str input)
{
    static const unsigned char seed[NOTE_SEED] = { 1 };
    struct note_signer s = { 0 };
    struct str text;
    struct str again;
    struct text why;

    note_signer_from(S("a.example/x"), seed, &s);
    if (note_verify(m, input, &s.key, &text, &why) != OK)
        return;
    again = note_sign(m, &s, text);
    if (note_verify(m, again, &s.key, &text, &why) != OK)
        BUG("our own note is refused");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem *m = mem_new();
    struct str input = str_dup(m, (struct str){ (const char *)data, size });

    try_note(m, input);
    try_head(m, input);
    try_key(m, input);
    mem_free(m);
    return 0;
}
