/* SPDX-License-Identifier: MulanPSL-2.0 */
/* given_place.h - where the house of a test is, on either engine. */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_PLACE_H
#define DAJUAN_HOST_GIVEN_GIVEN_PLACE_H

#include "host/house/house.h"
#include "test/test.h"

enum { GIVEN_DISTRICT = 370212 };

extern const struct house_plan given_house_plan;

/* Where given_house() makes it. */
struct house_place given_house_place(struct test *t);

/* A new house of that plan; it ends with the test. Once a test. */
struct house_place given_house(struct test *t);

#endif
