/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a system wants before boards can be used (Linux: a udev rule, Windows: a driver): what there is,
 * its installation and its undoing, and whether a board can be opened now, before and after. Main thread
 * only; what takes time runs on a worker. */

#pragma once

#include "device/permission.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * JmpPermissionOps:
 * @look: what there is
 * @install: installs the rule
 * @remove: takes it away
 *
 * What is done on the worker; the core's functions, or a test's.
 */
typedef struct {
  JmpPermission *(*look) (void);
  gboolean (*install) (GCancellable *cancellable, GError **error);
  gboolean (*remove) (GCancellable *cancellable, GError **error);
} JmpPermissionOps;

#define JMP_TYPE_PERMISSION_WINDOW (jmp_permission_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpPermissionWindow, jmp_permission_window, JMP, PERMISSION_WINDOW, AdwWindow)

GtkWidget *jmp_permission_window_new (GtkWindow *parent,
                                      GListModel *boards,
                                      const JmpPermissionOps *ops);
gboolean jmp_permission_window_is_busy (JmpPermissionWindow *self);

G_END_DECLS
