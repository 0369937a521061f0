/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* ST's commands on an open DFU interface (AN3156; UM0391 for the host).
 *
 * They act on the alt setting that is selected. Errors as in dfu.h. Each command is a DNLOAD and the
 * polls behind it: 3 transfers where the device behaves. Block reads need dfuIDLE or dfuUPLOAD-IDLE,
 * block writes and commands need dfuIDLE or dfuDNLOAD-IDLE: jmp_dfu_abort() goes from one to the
 * other. */

#pragma once

#include "dfu/dfu.h"

G_BEGIN_DECLS

/* The first data block; 0 is for commands, 1 is reserved (AN3156, 5.1). */
#define JMP_DFUSE_FIRST_BLOCK 2
/* The last block number before the host must set the address again. */
#define JMP_DFUSE_LAST_BLOCK 0xFFFE

/* The command that removes the read-out protection (AN3156), and everything with it. */
#define JMP_DFUSE_READ_UNPROTECT 0x92

gboolean jmp_dfuse_set_address (JmpDfu *self,
                                guint32 address,
                                GCancellable *cancellable,
                                GError **error);
gboolean jmp_dfuse_erase_sector (JmpDfu *self,
                                 const JmpSector *sector,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean jmp_dfuse_mass_erase (JmpDfu *self, GCancellable *cancellable, GError **error);
gboolean jmp_dfuse_write_block (JmpDfu *self,
                                guint16 block,
                                const guint8 *data,
                                guint16 length,
                                GCancellable *cancellable,
                                GError **error);
gboolean jmp_dfuse_read_block (JmpDfu *self,
                               guint16 block,
                               guint8 *data,
                               guint16 length,
                               GCancellable *cancellable,
                               GError **error);
GBytes *jmp_dfuse_get_commands (JmpDfu *self,
                                GCancellable *cancellable,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_dfuse_read_unprotect (JmpDfu *self, GCancellable *cancellable, GError **error);
gboolean jmp_dfuse_leave (JmpDfu *self, guint32 address, GCancellable *cancellable, GError **error);

G_END_DECLS
