/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The language of the program: words-locale-posix.c, words-locale-macos.c or
 * words-locale-win32.c. First thing in main(). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void jmp_words_set_language (void);

G_END_DECLS
