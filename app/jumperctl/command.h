/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands of jumperctl: one file each, one row each.
 *
 * A command is told what was asked for (its session's options), does it, and leaves what it found in
 * the session; main() prints that. Main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CtlSession CtlSession;

/* Groups of options that a command takes; --json, --help and --version go with every command. */
typedef enum {
  CTL_TAKES_NOTHING = 0,
  CTL_TAKES_DEVICE = 1 << 0,
  CTL_TAKES_ALL_BOARDS = 1 << 1,
  CTL_TAKES_ALT = 1 << 2,
  CTL_TAKES_ADDRESS = 1 << 3,
  CTL_TAKES_RANGE = 1 << 4,
  CTL_TAKES_ALL_MEMORY = 1 << 5,
  CTL_TAKES_FLASH = 1 << 6,
  CTL_TAKES_YES = 1 << 7,
  CTL_TAKES_WAIT = 1 << 8,
  CTL_TAKES_PART = 1 << 9,
  CTL_TAKES_RECORD = 1 << 10,
  CTL_TAKES_OUTPUT = 1 << 20,
  CTL_TAKES_IDS = 1 << 21,
  CTL_TAKES_REFRESH = 1 << 22,
  CTL_TAKES_CHANNEL = 1 << 23,
  CTL_TAKES_OFFLINE = 1 << 24,
  CTL_TAKES_GUARD = 1 << 25,
  CTL_TAKES_BOARD = 1 << 26,
  CTL_TAKES_FAMILY = 1 << 27,
  CTL_TAKES_OVERWRITE = 1 << 28,
  CTL_TAKES_CHANGED = 1 << 29,
  CTL_TAKES_NOTES = 1 << 30,
} CtlTakes;

/**
 * CtlCommand:
 * @name: as it is typed
 * @parameters: (nullable): what follows the options, for the help
 * @summary: what it does, in a sentence (untranslated)
 * @examples: (nullable): lines for the help
 * @takes: its options
 * @min_files: how many file names it needs at least
 * @max_files: how many it takes
 * @run: does it
 */
typedef struct {
  const char *name;
  const char *parameters;
  const char *summary;
  const char *examples;
  CtlTakes takes;
  guint min_files;
  guint max_files;
  gboolean (*run) (CtlSession *session, GError **error);
} CtlCommand;

extern const CtlCommand ctl_command_list;
extern const CtlCommand ctl_command_info;
extern const CtlCommand ctl_command_inspect;
extern const CtlCommand ctl_command_flash;
extern const CtlCommand ctl_command_verify;
extern const CtlCommand ctl_command_backup;
extern const CtlCommand ctl_command_backups;
extern const CtlCommand ctl_command_restore;
extern const CtlCommand ctl_command_erase;
extern const CtlCommand ctl_command_unprotect;
extern const CtlCommand ctl_command_leave;
extern const CtlCommand ctl_command_version;
extern const CtlCommand ctl_command_bootloader;
extern const CtlCommand ctl_command_doctor;
extern const CtlCommand ctl_command_pack;
extern const CtlCommand ctl_command_unpack;
extern const CtlCommand ctl_command_releases;
extern const CtlCommand ctl_command_fetch;

const CtlCommand *const *ctl_commands (void);
const CtlCommand *ctl_command_find (const char *name);

G_END_DECLS
