/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Waiting in one thread for what another brings about, with a time limit and a #GCancellable.
 *
 * Private to core/usb. The waiting thread owns it; any thread may call jmp_wait_done(). */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JmpWait:
 * @lock: guards the rest
 * @changed: signalled when one of the two is set
 * @done: what was waited for has happened
 * @cancelled: the cancellable fired
 */
typedef struct {
  GMutex lock;
  GCond changed;
  gboolean done;
  gboolean cancelled;
} JmpWait;

typedef enum {
  JMP_WAIT_DONE,
  JMP_WAIT_TIMED_OUT,
  JMP_WAIT_CANCELLED,
} JmpWaitResult;

void jmp_wait_init (JmpWait *self);
void jmp_wait_clear (JmpWait *self);
void jmp_wait_restart (JmpWait *self);
void jmp_wait_done (JmpWait *self);
JmpWaitResult jmp_wait_for (JmpWait *self, guint ms, GCancellable *cancellable);
void jmp_wait_for_ever (JmpWait *self);
gboolean jmp_wait_set_cancelled (GError **error);

G_END_DECLS
