/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One run of the command: what was asked for, what is at hand, what came of it.
 *
 * Commands fill it, report.h prints it. Owned by main(). Main thread, but for the cancellable. */

#pragma once

#include "device/device.h"
#include "flash/job.h"
#include "jumperctl/options.h"
#include "usb/bus.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CtlSession:
 * @command: which command
 * @options: what was asked for
 * @cancellable: cancelled by Ctrl+C
 * @bus: (nullable): the USB devices, once they were looked at
 * @board_found: whether there is any board of whose state something can be said
 * @device: (nullable): the board that was chosen
 * @candidates: (nullable): the boards that one has to be chosen from
 * @plan: (nullable): what is to be done to it
 * @wants_yes: whether --yes is what is missing
 * @job: (nullable): the work, once it was begun
 * @file: (nullable): the file that was read or written, for the report
 * @result: (nullable): what to print with --json where there was no work
 * @text: the same for people
 * @warnings: (element-type utf8): sentences
 */
struct _CtlSession {
  const CtlCommand *command;
  CtlOptions options;
  GCancellable *cancellable;
  JmpUsbBus *bus;
  gboolean board_found;
  JmpDevice *device;
  GPtrArray *candidates;
  JmpPlan *plan;
  gboolean wants_yes;
  JmpJob *job;
  char *file;
  JsonNode *result;
  GString *text;
  GPtrArray *warnings;
};

CtlSession *ctl_session_new (const CtlCommand *command) G_GNUC_WARN_UNUSED_RESULT;
void ctl_session_free (CtlSession *self);
void ctl_session_warn (CtlSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ctl_session_print (CtlSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
GPtrArray *ctl_session_scan (CtlSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlSession, ctl_session_free)

G_END_DECLS
