/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A window, with the pop-overs that are open above it, as an image. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkTexture *picture_of (GtkWidget *window);
gboolean picture_is_blank (GdkTexture *texture);

G_END_DECLS
