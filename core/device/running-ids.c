/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/running-ids.h"

struct _JmpRunningIds {
  GHashTable *ids; /* of GUINT_TO_POINTER (vid << 16 | pid) */
};

static gpointer
make_key (guint16 vid, guint16 pid)
{
  return GUINT_TO_POINTER ((guint)vid << 16 | pid);
}

/**
 * jmp_running_ids_new:
 *
 * Returns: (transfer full): an empty set
 */
JmpRunningIds *
jmp_running_ids_new (void)
{
  JmpRunningIds *self = g_atomic_rc_box_new0 (JmpRunningIds);

  self->ids = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * jmp_running_ids_ref:
 * @self: a set
 *
 * Returns: (transfer full): @self
 */
JmpRunningIds *
jmp_running_ids_ref (JmpRunningIds *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
ids_clear (gpointer data)
{
  JmpRunningIds *self = data;

  g_hash_table_unref (self->ids);
}

/**
 * jmp_running_ids_unref:
 * @self: (transfer full): a set
 *
 * Gives a reference back.
 */
void
jmp_running_ids_unref (JmpRunningIds *self)
{
  g_atomic_rc_box_release_full (self, ids_clear);
}

/**
 * jmp_running_ids_add:
 * @self: a set that nobody else has yet
 * @vid: idVendor
 * @pid: idProduct
 *
 * Adds ids.
 */
void
jmp_running_ids_add (JmpRunningIds *self, guint16 vid, guint16 pid)
{
  g_hash_table_add (self->ids, make_key (vid, pid));
}

/**
 * jmp_running_ids_contains:
 * @self: (nullable): a set; %NULL is an empty one
 * @vid: idVendor
 * @pid: idProduct
 *
 * Returns: whether a device with these ids may be a board that runs its program
 */
gboolean
jmp_running_ids_contains (JmpRunningIds *self, guint16 vid, guint16 pid)
{
  return self != NULL && g_hash_table_contains (self->ids, make_key (vid, pid));
}
