/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whether the system lets the person at the computer use boards, and what can be done where it does
 * not: on Linux a udev rule, on Windows a driver package that binds WinUSB. Both are called the rule here.
 *
 * jmp_permission_look() only reads. Installing runs one small program with the rights of an
 * administrator (Linux: data/polkit through pkexec; Windows: PnPUtil), and the system asks the person;
 * it blocks for as long as that takes, so not on the main thread. That a rule is there is no proof: open
 * the board again. In a sandbox nothing can be done from here, and the commands are for the person to
 * copy. Any thread. */

#pragma once

#include "device/driver.h"

G_BEGIN_DECLS

/**
 * JmpPermissionState:
 * @JMP_PERMISSION_NOT_NEEDED: this system has no such rules
 * @JMP_PERMISSION_INSTALLED: there is a rule for boards in DFU mode; on Windows, also when every board
 *   that is connected has a driver that serves
 * @JMP_PERMISSION_MISSING: there is none; on Windows, when a board that is connected has no driver that
 *   serves
 * @JMP_PERMISSION_UNKNOWN: it cannot be seen from inside a sandbox; on Windows, when no board is connected
 */
typedef enum {
  JMP_PERMISSION_NOT_NEEDED,
  JMP_PERMISSION_INSTALLED,
  JMP_PERMISSION_MISSING,
  JMP_PERMISSION_UNKNOWN,
} JmpPermissionState;

/**
 * JmpPermission:
 * @state: what there is
 * @file: (nullable): the file with the rule that counts; on Windows its name among the system's
 * @is_ours: whether that is the one that jmp_permission_install() makes and jmp_permission_remove()
 *   takes away
 * @can_install: whether jmp_permission_install() and _remove() can be tried
 * @drivers: (nullable) (element-type JmpDriver): on Windows, the boards in DFU mode that the system sees,
 *   with their drivers, whether or not libusb lists them; %NULL elsewhere
 *
 * Release with jmp_permission_free().
 */
typedef struct {
  JmpPermissionState state;
  char *file;
  gboolean is_ours;
  gboolean can_install;
  GPtrArray *drivers;
} JmpPermission;

JmpPermission *jmp_permission_look (void) G_GNUC_WARN_UNUSED_RESULT;
void jmp_permission_free (JmpPermission *self);

gboolean jmp_permission_can_install (void);

/* %NULL where the system needs none. */
GBytes *jmp_permission_get_rule (void) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_permission_get_rule_file (void);
char *jmp_permission_make_commands (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean jmp_permission_install (GCancellable *cancellable, GError **error);
gboolean jmp_permission_remove (GCancellable *cancellable, GError **error);

const char *jmp_permission_state_to_string (JmpPermissionState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpPermission, jmp_permission_free)

G_END_DECLS
