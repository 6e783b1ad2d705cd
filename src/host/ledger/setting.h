/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * setting.h - what an office has chosen for its house: how it is called,
 * where it is reached, which year it shows.
 *
 * A setting is a text by its name; "" is not chosen. There are few, and they
 * are read together, because every page shows some of them.
 */
#ifndef DAJUAN_HOST_LEDGER_SETTING_H
#define DAJUAN_HOST_LEDGER_SETTING_H

#include "journal/act.h"

enum setting {
    SETTING_SITE, /* name of the site */
    SETTING_SITE_EN,
    SETTING_OFFICE, /* who answers for it */
    SETTING_OFFICE_EN,
    SETTING_CONTACT, /* the section or person to ask for */
    SETTING_PHONE,
    SETTING_ADDRESS,
    SETTING_ICP,    /* filing number, 鲁ICP备…号 */
    SETTING_POLICE, /* filing number, 鲁公网安备…号 */
    SETTING_PUBLIC, /* https://host[:port] under which others reach it */
    SETTING_YEAR,   /* the year on show */
    SETTING_SECOND, /* "off": no second administrator confirms a grant */
    SETTING_DEMO,   /* "1": all of it is invented */
};
enum { SETTINGS = SETTING_DEMO + 1 };

struct settings {
    struct str v[SETTINGS];
};

/* The name it is kept and journalled by: "house.office". */
struct str setting_key(enum setting s);

/* What its entry in the journal holds. */
struct str setting_content(struct mem *m, enum setting s, struct str value);

void settings_read(struct scope in, struct settings *ret);
/* One of them, for who needs no other. */
struct str setting_read(struct scope in, enum setting s);

/* Choose; the journal hears of it, unless it was that already. */
enum err setting_write(struct act *act, enum setting s,
                       struct str value) MUST_CHECK;

#endif
