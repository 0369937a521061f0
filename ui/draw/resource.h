/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the templates stand among the program's resources: under the application id, which is also
 * where GTK looks for style.css and icons. */

#pragma once

#include <gio/gio.h>

#define JMP_RESOURCE_PREFIX "/io/github/dfujumper/Jumper"
#define JMP_RESOURCE(name)  JMP_RESOURCE_PREFIX "/" name

/* Makes the linker take the resources out of the static library: call it before any widget. */
void jmp_resource_ensure (void);
