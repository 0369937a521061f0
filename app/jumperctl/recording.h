/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* --record: every USB transfer of a board as a line of a file. One owner, one thread at a time. */

#pragma once

#include "usb/usb.h"

G_BEGIN_DECLS

typedef struct _CtlRecording CtlRecording;

CtlRecording *ctl_recording_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpUsb *ctl_recording_wrap (CtlRecording *self, JmpUsb *usb) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_recording_end (CtlRecording *self);

G_END_DECLS
