/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What tests see of the search for a rule. Pure. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether udev, reading a rules file of that name, lets the person at the computer use 0483:df11. */
gboolean jmp_permission_covers (const char *file_name, const char *text);

G_END_DECLS
