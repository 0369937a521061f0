/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which board is meant, and whether two appearances are the same board.
 *
 * Pure. A board is known by its port path and its serial number together: serial numbers are not
 * unique in the wild, so the path decides between equals. Any thread. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

typedef enum {
  JMP_SELECT_SERIAL,
  JMP_SELECT_PATH,
  JMP_SELECT_IDS,
  JMP_SELECT_VIRTUAL,
} JmpSelectorKind;

/**
 * JmpSelector:
 * @kind: which of the following counts
 * @text: serial number, path, or the virtual board's "KIND[,KEY=VALUE…]"
 * @vid: idVendor
 * @pid: idProduct
 *
 * DEVICE as a person writes it: serial:TEXT, path:BUS-PORT, VID:PID or virtual[:KIND…].
 */
typedef struct {
  JmpSelectorKind kind;
  char *text;
  guint16 vid;
  guint16 pid;
} JmpSelector;

JmpSelector *jmp_selector_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_selector_free (JmpSelector *self);
gboolean jmp_selector_matches (const JmpSelector *self, JmpDevice *device);
gboolean jmp_identity_is_same (JmpDevice *a, JmpDevice *b);
gboolean jmp_serial_is_unique (const char *serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpSelector, jmp_selector_free)

G_END_DECLS
