/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of practice boards, for menus. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *jmp_words_practice (const char *kind);
gboolean jmp_words_practice_is_usual (const char *kind);

G_END_DECLS
