/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of data/drawings, in the colours of the style that the program has now. Main thread only. */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

gboolean jmp_picture_exists (const char *name);
GdkTexture *jmp_picture_load (const char *name, int width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
