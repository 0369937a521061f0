/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The firmware that the program brings along, so that a practice board can be updated without a network.
 *
 * It is a DfuSe file for the virtual pyboard, compiled in: see data/practice. Any thread. */

#pragma once

#include "release/release.h"

G_BEGIN_DECLS

/* As the firmware names itself. */
#define JMP_PRACTICE_VERSION "1.99.0-practice"

/* The board of the catalogue that it is for. */
#define JMP_PRACTICE_BOARD "PYBV11"

JmpRelease *jmp_practice_release_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_practice_is (const JmpRelease *release);

G_END_DECLS
