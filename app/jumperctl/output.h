/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Standard output and standard error.
 *
 * Results go to the first, everything else to the second. Text is made fit for the terminal: its
 * character set, and no control characters, which a device's strings or a file's name could bring.
 * A result that could not be written is remembered: there is no success without it. Main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ctl_output_text (const char *text);
void ctl_output_json (const char *json);
void ctl_output_note (const char *text);
void ctl_output_raw_note (const char *text);
void ctl_output_block (char *const *lines, guint rows_back);
gboolean ctl_output_finish (GError **error);

G_END_DECLS
