/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files behind dfu.h and dfuse.h share: the handle, the one way to make a request, and the
 * endings of a command. Same thread rule as dfu.h. */

#pragma once

#include "dfu/dfu.h"

G_BEGIN_DECLS

#define JMP_DFU_ERR_VENDOR 0x0B

struct _JmpDfu {
  JmpUsb *usb;
  JmpDfuInfo *info;
  guint64 transfers;
  int alt;
};

typedef enum {
  JMP_DFU_REQUEST_DETACH = 0,
  JMP_DFU_REQUEST_DNLOAD = 1,
  JMP_DFU_REQUEST_UPLOAD = 2,
  JMP_DFU_REQUEST_GETSTATUS = 3,
  JMP_DFU_REQUEST_CLRSTATUS = 4,
  JMP_DFU_REQUEST_GETSTATE = 5,
  JMP_DFU_REQUEST_ABORT = 6,
} JmpDfuRequest;

gssize jmp_dfu_request (JmpDfu *self,
                        JmpDfuRequest request,
                        guint16 value,
                        guint8 *data,
                        guint16 length,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GError **error);
gboolean jmp_dfu_state_is_error (guint8 state);
void jmp_dfu_set_status_error (JmpDfu *self, const JmpDfuStatus *status, GError **error);
gboolean jmp_dfu_poll (JmpDfu *self, guint limit_ms, JmpDfuStatus *status, GError **error);
void jmp_dfu_explain_stall (JmpDfu *self, JmpDfuStatus *status, GError **error);

G_END_DECLS
