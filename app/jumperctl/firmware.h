/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files on the command line as firmware for the chosen board. Main thread. */

#pragma once

#include "image/image.h"
#include "jumperctl/session.h"

G_BEGIN_DECLS

GPtrArray *ctl_firmware_read (CtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_firmware_check_ids (CtlSession *session,
                                 CtlBoard *board,
                                 GPtrArray *images,
                                 GError **error);
JmpImage *ctl_firmware_join (GPtrArray *images, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpImage *ctl_firmware_only_alt (JmpImage *image,
                                 guint8 alt,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
