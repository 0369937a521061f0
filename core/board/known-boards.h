/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the person said, and what was seen, of their own boards: by serial number, in the data folder.
 *
 * One small file for each board, named by a hash: nothing that a board says becomes a path, and two
 * programs at once need no lock, because nobody writes back what somebody else has changed meanwhile.
 * Each is written whole: under a temporary name, synced, renamed. One that is damaged is put aside,
 * never overwritten, and told of by jmp_known_boards_steal_problem().
 *
 * A board whose serial number is not its own (jmp_serial_is_unique()) is not remembered: every function
 * takes such a number, or %NULL, and then knows and keeps nothing.
 *
 * Ref-counted; any thread; nothing is kept in memory, so that each look sees what another program has
 * said. A look is one small read, quick enough for the thread that draws the window. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The version of what is written, and limits of what is read. */
#define JMP_KNOWN_BOARDS_SCHEMA   1
#define JMP_KNOWN_BOARDS_MAX      2000
#define JMP_KNOWN_BOARDS_MAX_FILE (16u * 1024)
/* The longest nickname, in bytes. */
#define JMP_KNOWN_BOARDS_MAX_NICKNAME 200

/**
 * JmpKnownBoard:
 * @serial: its serial number in DFU mode
 * @nickname: (nullable): what the person calls it, one line
 * @board_id: (nullable): which board of the catalogue it was said or seen to be
 * @variant: (nullable): which build it takes; %NULL is the standard one, where @board_id is set
 * @version: (nullable): the firmware version last seen or installed
 * @running_serial: (nullable): its serial number while its program runs, where that is another
 * @backed_up: whether a full backup was made of it
 * @unfinished: whether work on it was begun and has not ended with firmware that is whole
 *
 * Release with jmp_known_board_free().
 */
typedef struct {
  char *serial;
  char *nickname;
  char *board_id;
  char *variant;
  char *version;
  char *running_serial;
  gboolean backed_up;
  gboolean unfinished;
} JmpKnownBoard;

typedef struct _JmpKnownBoards JmpKnownBoards;

JmpKnownBoards *jmp_known_boards_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
JmpKnownBoards *jmp_known_boards_ref (JmpKnownBoards *self);
void jmp_known_boards_unref (JmpKnownBoards *self);

JmpKnownBoard *jmp_known_boards_find (JmpKnownBoards *self,
                                      const char *serial) G_GNUC_WARN_UNUSED_RESULT;
JmpKnownBoard *jmp_known_boards_find_running (JmpKnownBoards *self,
                                              const char *running_serial) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_known_boards_set (JmpKnownBoards *self, const JmpKnownBoard *board, GError **error);
GError *jmp_known_boards_steal_problem (JmpKnownBoards *self) G_GNUC_WARN_UNUSED_RESULT;

JmpKnownBoard *jmp_known_board_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpKnownBoard *jmp_known_board_copy (const JmpKnownBoard *board) G_GNUC_WARN_UNUSED_RESULT;
void jmp_known_board_free (JmpKnownBoard *board);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpKnownBoards, jmp_known_boards_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpKnownBoard, jmp_known_board_free)

G_END_DECLS
