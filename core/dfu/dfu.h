/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* An open DFU interface: the requests and states of DFU 1.1, polling, and the recovery ladder.
 *
 * Owns the #JmpUsb below it. Synchronous, one thread at a time. A #GCancellable is looked at before a
 * transfer and while only waiting, never inside a DNLOAD or the polls behind it: what the device has
 * taken is brought to its end and reported, and the next call is the one that says "cancelled". After
 * that, jmp_dfu_to_idle() without a cancellable leaves the device tidy. Gives the errors of usb.h,
 * and: %JMP_ERROR_DEVICE_STATUS (the device reported an error; the
 * message has its status), %JMP_ERROR_READ_PROTECTED (errVENDOR on a ROM), %JMP_ERROR_PROTOCOL (an
 * answer that makes no sense), %JMP_ERROR_TIMED_OUT (busy past its limit). */

#pragma once

#include "dfu/info.h"

G_BEGIN_DECLS

/* bState (DFU 1.1, 6.1.2). Numbers above 10, which ST's stack sends, mean an error. */
typedef enum {
  JMP_DFU_APP_IDLE = 0,
  JMP_DFU_APP_DETACH = 1,
  JMP_DFU_IDLE = 2,
  JMP_DFU_DNLOAD_SYNC = 3,
  JMP_DFU_DNBUSY = 4,
  JMP_DFU_DNLOAD_IDLE = 5,
  JMP_DFU_MANIFEST_SYNC = 6,
  JMP_DFU_MANIFEST = 7,
  JMP_DFU_MANIFEST_WAIT_RESET = 8,
  JMP_DFU_UPLOAD_IDLE = 9,
  JMP_DFU_ERROR = 10,
} JmpDfuState;

/**
 * JmpDfuStatus:
 * @status: bStatus
 * @poll_ms: bwPollTimeout in milliseconds
 * @state: bState, a #JmpDfuState or a number above it
 * @string: iString
 *
 * The answer to GETSTATUS (DFU 1.1, 6.1.2).
 */
typedef struct {
  guint8 status;
  guint32 poll_ms;
  guint8 state;
  guint8 string;
} JmpDfuStatus;

typedef struct _JmpDfu JmpDfu;

JmpDfu *jmp_dfu_open (JmpUsb *usb, JmpDfuInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_dfu_free (JmpDfu *self);
JmpUsb *jmp_dfu_get_usb (JmpDfu *self);
JmpDfuInfo *jmp_dfu_get_info (JmpDfu *self);
guint64 jmp_dfu_get_transfers (JmpDfu *self);
gboolean jmp_dfu_select_alt (JmpDfu *self, guint8 alt, GCancellable *cancellable, GError **error);
int jmp_dfu_get_alt (JmpDfu *self);

gboolean jmp_dfu_detach (JmpDfu *self,
                         guint16 timeout_ms,
                         GCancellable *cancellable,
                         GError **error);
gboolean jmp_dfu_download (JmpDfu *self,
                           guint16 block,
                           const guint8 *data,
                           guint16 length,
                           GCancellable *cancellable,
                           GError **error);
gssize jmp_dfu_upload (JmpDfu *self,
                       guint16 block,
                       guint8 *data,
                       guint16 length,
                       GCancellable *cancellable,
                       GError **error);
gboolean jmp_dfu_get_status (JmpDfu *self,
                             guint timeout_ms,
                             JmpDfuStatus *status,
                             GCancellable *cancellable,
                             GError **error);
gboolean jmp_dfu_clear_status (JmpDfu *self, GCancellable *cancellable, GError **error);
gboolean jmp_dfu_get_state (JmpDfu *self, guint8 *state, GCancellable *cancellable, GError **error);
gboolean jmp_dfu_abort (JmpDfu *self, GCancellable *cancellable, GError **error);

/* The polls behind a DNLOAD, until the work is done. */
gboolean jmp_dfu_finish_download (JmpDfu *self, guint limit_ms, GError **error);
/* The recovery ladder: whatever state the device is in, back to dfuIDLE. */
gboolean jmp_dfu_to_idle (JmpDfu *self, GCancellable *cancellable, GError **error);

const char *jmp_dfu_state_to_string (guint8 state);
const char *jmp_dfu_status_to_string (guint8 status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpDfu, jmp_dfu_free)

G_END_DECLS
