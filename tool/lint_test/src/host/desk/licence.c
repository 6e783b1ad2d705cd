/* no licence in the first line */
/* SPDX-License-Identifier: MulanPSL-2.0 */
