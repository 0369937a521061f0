/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line: every option of every command in one table.
 *
 * Parsing has no side effect and prints nothing. Main thread. */

#pragma once

#include "flash/plan.h"
#include "jumperctl/command.h"
#include "release/release.h"

G_BEGIN_DECLS

typedef enum {
  CTL_JSON_OFF,
  CTL_JSON_OBJECT,
  CTL_JSON_LINES,
} CtlJson;

/**
 * CtlOptions:
 * @help: --help
 * @version: --version
 * @json: --json or --json=lines
 * @devices: (nullable): every -d, as typed
 * @all: --all
 * @has_alt: whether --alt was given
 * @alt: alt setting; 0 where none was given
 * @has_address: whether --address was given
 * @address: start address
 * @has_range: whether --range was given
 * @range_address: its start
 * @range_length: its length in bytes, at least 1
 * @full: --full
 * @preserve: --preserve
 * @no_verify: --no-verify
 * @no_leave: --no-leave
 * @dry_run: --dry-run
 * @backup: (nullable): file of --backup
 * @yes: --yes
 * @wait: --wait or --wait=SECONDS
 * @wait_seconds: how long, or less than 0 for ever
 * @part: (nullable): --part
 * @record: (nullable): file of --record
 * @output: (nullable): file or folder of --output
 * @board: (nullable): --board
 * @overwrite: (nullable): every --overwrite, as typed
 * @has_family: whether --family was given
 * @family: the UF2 family
 * @refresh: --refresh
 * @offline: --offline
 * @channel: --channel
 * @accept_changed: (nullable): --accept-changed
 * @notes: --notes
 * @files: (nullable): what is left
 */
typedef struct {
  gboolean help;
  gboolean version;
  CtlJson json;
  char **devices;
  gboolean all;
  gboolean has_alt;
  guint8 alt;
  gboolean has_address;
  guint32 address;
  gboolean has_range;
  guint32 range_address;
  guint64 range_length;
  gboolean full;
  JmpPreserve preserve;
  gboolean no_verify;
  gboolean no_leave;
  gboolean dry_run;
  char *backup;
  gboolean yes;
  gboolean wait;
  double wait_seconds;
  char *part;
  char *record;
  char *output;
  char *board;
  char **overwrite;
  gboolean has_family;
  guint32 family;
  gboolean refresh;
  gboolean offline;
  JmpChannel channel;
  char *accept_changed;
  gboolean notes;
  char **files;
} CtlOptions;

gboolean ctl_options_parse (CtlOptions *self,
                            const CtlCommand *command,
                            const char *const *arguments,
                            GError **error);
void ctl_options_clear (CtlOptions *self);
char *ctl_options_help (const CtlCommand *command) G_GNUC_WARN_UNUSED_RESULT;
CtlJson ctl_options_find_json (const char *const *arguments);

G_END_DECLS
