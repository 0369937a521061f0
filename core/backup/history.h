/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What was done to boards from this computer: the last %JMP_HISTORY_MAX pieces of work, each a small
 * file in a folder of its own, so that two programs at once need no lock and one damaged file costs
 * one entry. Nothing is kept in memory: any thread.
 *
 * Errors: %JMP_ERROR_FILE. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JMP_HISTORY_MAX 200

/**
 * JmpHistoryKind:
 * @JMP_HISTORY_INSTALL: firmware was brought onto a board
 * @JMP_HISTORY_RESTORE: a backup was put back
 * @JMP_HISTORY_BACK_UP: a board was read
 * @JMP_HISTORY_ERASE: memory was erased
 * @JMP_HISTORY_VERIFY: a board was compared
 */
typedef enum {
  JMP_HISTORY_INSTALL,
  JMP_HISTORY_RESTORE,
  JMP_HISTORY_BACK_UP,
  JMP_HISTORY_ERASE,
  JMP_HISTORY_VERIFY,
} JmpHistoryKind;

#define JMP_HISTORY_KIND_N 5

/**
 * JmpHistoryResult:
 * @JMP_HISTORY_DONE: all was done
 * @JMP_HISTORY_FAILED: not all was done
 * @JMP_HISTORY_STOPPED: the person stopped it
 */
typedef enum {
  JMP_HISTORY_DONE,
  JMP_HISTORY_FAILED,
  JMP_HISTORY_STOPPED,
} JmpHistoryResult;

#define JMP_HISTORY_RESULT_N 3

/**
 * JmpHistoryEntry:
 * @date: when it ended, in seconds since 1970; 0 stands for the time when it is added
 * @kind: what was to be done
 * @result: what came of it
 * @board: (nullable): what the board was called
 * @serial: (nullable): its serial number
 * @firmware: (nullable): what the firmware, or its file, is called
 * @version: (nullable): its version
 * @error: (nullable): what went wrong, as the core says it
 * @error_code: (nullable): the same as a word, see jmp_error_to_string()
 * @seconds: how long it took
 * @bytes: how many bytes were written; of a backup or a comparison, read
 *
 * One piece of work. Release with jmp_history_entry_free().
 */
typedef struct {
  gint64 date;
  JmpHistoryKind kind;
  JmpHistoryResult result;
  char *board;
  char *serial;
  char *firmware;
  char *version;
  char *error;
  char *error_code;
  double seconds;
  guint64 bytes;
} JmpHistoryEntry;

gboolean jmp_history_add (const char *folder, const JmpHistoryEntry *entry, GError **error);
GPtrArray *jmp_history_list (const char *folder,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_history_clear (const char *folder, GError **error);

void jmp_history_entry_free (JmpHistoryEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpHistoryEntry, jmp_history_entry_free)

G_END_DECLS
