/* SPDX-License-Identifier: MulanPSL-2.0 */
CREATE TABLE plain (x INTEGER);
CREATE TABLE two_thing (x INTEGER REFERENCES one_thing);
