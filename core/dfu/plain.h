/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plain DFU 1.1 on an open interface: a file goes to an alt setting in blocks that are counted from 0,
 * and where it ends up is the boot loader's affair.
 *
 * They act on the alt setting that is selected. Errors and threads as in dfu.h. A file is downloaded
 * from dfuIDLE on, and ended with jmp_plain_manifest(); it is uploaded from dfuIDLE on, up to the first
 * block that is short. */

#pragma once

#include "dfu/dfu.h"

G_BEGIN_DECLS

/**
 * JmpPlainEnd:
 * @JMP_PLAIN_STAYS: it is in dfuIDLE
 * @JMP_PLAIN_LEFT: it left the bus, or is about to
 *
 * Where a device is that has its file, or was reset.
 */
typedef enum {
  JMP_PLAIN_STAYS,
  JMP_PLAIN_LEFT,
} JmpPlainEnd;

gboolean jmp_plain_write_block (JmpDfu *self,
                                guint16 block,
                                const guint8 *data,
                                guint16 length,
                                GCancellable *cancellable,
                                GError **error);
gssize jmp_plain_read_block (
    JmpDfu *self, guint16 block, guint8 *data, GCancellable *cancellable, GError **error);
gboolean jmp_plain_manifest (
    JmpDfu *self, guint16 block, JmpPlainEnd *end, GCancellable *cancellable, GError **error);
gboolean jmp_plain_restart (JmpDfu *self, JmpPlainEnd *end, GError **error);
gboolean jmp_plain_detach (JmpDfu *self, GCancellable *cancellable, GError **error);

G_END_DECLS
