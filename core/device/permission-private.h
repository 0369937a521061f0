/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files behind permission.h share, each on its system, and what tests see of it. */

#pragma once

#include "device/permission.h"

G_BEGIN_DECLS

/* permission-rules-linux.c: whether udev, reading a rules file of that name, lets the person at the
 * computer use 0483:df11. Pure. */
gboolean jmp_permission_covers (const char *file_name, const char *text);

/* permission.c: the state of a system with drivers: what they come to, and the published name of our
 * package, or %NULL. Pure. */
JmpPermissionState jmp_permission_judge (GPtrArray *drivers, const char *published);

/* drivers-win32.c: (element-type JmpDriver): the boards in DFU mode that Windows sees; @inf is the text
 * of our package. */
GPtrArray *jmp_drivers_list (const char *inf) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
