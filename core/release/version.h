/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The order of versions, as MicroPython and others write them.
 *
 * Pure; any text is taken, and the order is total: what is no version comes before all that are. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean jmp_version_is_valid (const char *text);
gboolean jmp_version_is_preview (const char *text);
int jmp_version_compare (const char *a, const char *b);
char *jmp_version_find_in (const char *text);

/**
 * JmpVersionChange:
 * @JMP_CHANGE_UNKNOWN: one of the two is not known or no version
 * @JMP_CHANGE_UPGRADE: the new one is newer
 * @JMP_CHANGE_SAME: they are the same
 * @JMP_CHANGE_DOWNGRADE: the new one is older
 */
typedef enum {
  JMP_CHANGE_UNKNOWN,
  JMP_CHANGE_UPGRADE,
  JMP_CHANGE_SAME,
  JMP_CHANGE_DOWNGRADE,
} JmpVersionChange;

JmpVersionChange jmp_version_change (const char *running, const char *chosen);
const char *jmp_version_change_to_string (JmpVersionChange change);

G_END_DECLS
