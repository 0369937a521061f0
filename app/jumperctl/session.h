/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One run of the command: what was asked for, what is at hand, what came of it.
 *
 * Commands fill it, report.h prints it. Owned by main(). Main thread, but for the cancellable. */

#pragma once

#include "device/monitor.h"
#include "jumperctl/board.h"
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
 * @monitor: (nullable): who follows the boards, with --wait
 * @boards: (element-type CtlBoard): those to work on; at least one, without a device at first
 * @board: (not owned): the first, which is the only one unless several were asked for
 * @image: (nullable): what is to be brought onto them
 * @how: how
 * @begun: whether the work was begun
 * @candidates: (nullable): the boards that one has to be chosen from
 * @wants_yes: whether --yes is what is missing
 * @wants_overwrite: (nullable): the name that --overwrite would need
 * @file: (nullable): the file that was read or written, for the report
 * @released: (nullable) (element-type CtlReleased): what of @image came from releases
 * @status: the exit status of a command that failed at nothing, but found something
 * @result: (nullable): what to print with --json where there was no work
 * @text: the same for people
 * @warnings: (element-type utf8): sentences that are about no board
 */
struct _CtlSession {
  const CtlCommand *command;
  CtlOptions options;
  GCancellable *cancellable;
  JmpUsbBus *bus;
  gboolean board_found;
  JmpMonitor *monitor;
  GPtrArray *boards;
  CtlBoard *board;
  JmpImage *image;
  JmpPlanOptions how;
  gboolean begun;
  GPtrArray *candidates;
  gboolean wants_yes;
  char *wants_overwrite;
  char *file;
  GPtrArray *released;
  int status;
  JsonNode *result;
  GString *text;
  GPtrArray *warnings;
};

CtlSession *ctl_session_new (const CtlCommand *command) G_GNUC_WARN_UNUSED_RESULT;
void ctl_session_free (CtlSession *self);
void ctl_session_warn (CtlSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ctl_session_print (CtlSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
CtlBoard *ctl_session_add_board (CtlSession *self, JmpDevice *device);
gboolean ctl_session_is_for_several (const CtlSession *self);
gboolean ctl_session_is_unproven (const CtlSession *self, const CtlBoard *board);
char *ctl_session_make_path (const CtlSession *self,
                             const CtlBoard *board,
                             const char *path,
                             const char *extension) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_session_open_bus (CtlSession *self, GError **error);
GPtrArray *ctl_session_scan (CtlSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlSession, ctl_session_free)

G_END_DECLS
