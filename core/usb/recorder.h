/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Recording and replaying a device, one readable line per transfer.
 *
 * The recorder wraps any #JmpUsb and writes what goes over it; the replayer is a #JmpUsb that answers
 * from such a text and fails with %JMP_ERROR_PROTOCOL, naming the line, when it is asked anything
 * else. A bug report's recording becomes a test. Same thread rule as #JmpUsb. */

#pragma once

#include "usb/usb.h"

G_BEGIN_DECLS

/* Called with each line as it is made, without the line end. */
typedef void (*JmpUsbLineFunc) (const char *line, gpointer user_data);

JmpUsb *jmp_usb_recorder_new (JmpUsb *inner,
                              JmpUsbLineFunc line,
                              gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
JmpUsb *jmp_usb_replay_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_usb_replay_is_finished (JmpUsb *self);

G_END_DECLS
