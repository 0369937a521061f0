/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What "jumperctl doctor" asks the system: doctor-posix.c or doctor-win32.c. Main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this user may open the port; where not, @group is a group whose members may, or NULL. */
gboolean ctl_doctor_may_use_port (const char *name, char **group);
/* Which of @names, up to NULL, is a program that runs now; NULL when none does. */
const char *ctl_doctor_find_program (const char *const *names);

G_END_DECLS
