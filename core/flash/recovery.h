/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Bytes that were taken off a board to be put back, in a file until they are: so that neither a crash
 * nor a pulled plug loses them.
 *
 * One file for each board, named by the board's identity, in a folder of the caller's. It is there from
 * before the first erase until the bytes were read back in place, and a DfuSe file like any backup. Any
 * thread; one piece of work on a board at a time. */

#pragma once

#include "dfu/info.h"
#include "image/image.h"

G_BEGIN_DECLS

char *jmp_recovery_path (const char *folder, const char *identity) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_recovery_load (const char *path, JmpDfuInfo *info, JmpImage **image, GError **error);
gboolean jmp_recovery_save (const char *path, JmpImage *image, GError **error);
gboolean jmp_recovery_remove (const char *path, GError **error);
char *jmp_recovery_put_aside (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_recovery_save_aside (const char *path,
                               JmpImage *image,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_recovery_target_name (gboolean stopped);
gboolean jmp_recovery_was_stopped (JmpImage *image);
gboolean jmp_recovery_fits (JmpImage *image, JmpDfuInfo *info, GError **error);

G_END_DECLS
