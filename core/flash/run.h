/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Carrying out a plan on an open DFU interface, once, in order.
 *
 * Synchronous, in the caller's thread. Cancelling is looked at between transfers; afterwards the
 * device is idle again where it still answers. Whatever happens, the outcome says what state the
 * board is in. */

#pragma once

#include "dfu/dfuse.h"
#include "flash/plan.h"

G_BEGIN_DECLS

typedef enum {
  JMP_PHASE_PREPARE,
  JMP_PHASE_BACKUP,
  JMP_PHASE_COMPARE,
  JMP_PHASE_ERASE,
  JMP_PHASE_WRITE,
  JMP_PHASE_VERIFY,
  JMP_PHASE_LEAVE,
} JmpPhase;

#define JMP_PHASE_N 7

/**
 * JmpProgress:
 * @phase: what is being done
 * @step: which step of the plan, from 0
 * @alt: alt setting
 * @address: of the sector or block that was just done, or is being erased
 * @length: its bytes
 * @phase_done: bytes of this phase that are done
 * @phase_total: bytes of this phase
 * @fraction: of the whole plan, 0 to 1, weighted by the time that each kind of work takes;
 *   never goes back
 * @seconds_left: what is left, at the speed that is seen; 0 while nothing is known
 * @waiting: whether the board is away and its return is waited for
 *
 * A phase may come again: what makes an image start is written and verified when all else is
 * verified, and a sector that reads back wrong is done once more.
 */
typedef struct {
  JmpPhase phase;
  guint step;
  guint8 alt;
  guint32 address;
  guint32 length;
  guint64 phase_done;
  guint64 phase_total;
  double fraction;
  double seconds_left;
  gboolean waiting;
} JmpProgress;

typedef void (*JmpProgressFunc) (const JmpProgress *progress, gpointer user_data);

/**
 * JmpBoardState:
 * @JMP_BOARD_UNTOUCHED: nothing on it was changed
 * @JMP_BOARD_INCOMPLETE: something was erased or written, and not all of the plan was
 * @JMP_BOARD_UNVERIFIED: all was written, not all was read back
 * @JMP_BOARD_DIFFERS: all was written, and what was read back differs
 * @JMP_BOARD_COMPLETE: all that the plan changes was changed and proven by reading
 * @JMP_BOARD_STARTED: as COMPLETE or UNTOUCHED, and its program was started
 *
 * What the person has in front of them when the work ends.
 */
typedef enum {
  JMP_BOARD_UNTOUCHED,
  JMP_BOARD_INCOMPLETE,
  JMP_BOARD_UNVERIFIED,
  JMP_BOARD_DIFFERS,
  JMP_BOARD_COMPLETE,
  JMP_BOARD_STARTED,
} JmpBoardState;

/**
 * JmpOutcome:
 * @state: what state the board is in
 * @connected: whether the board still answered at the end (a board that was started has left)
 * @step: the step that failed, or the number of steps
 * @bytes_written: bytes sent and accepted
 * @bytes_verified: bytes read back and found right, those that were compared and equal included
 * @bytes_skipped: bytes of the image that were there already and stayed as they are
 * @bytes_kept: bytes that the image does not name, put back and found right
 * @bytes_read: bytes read into @read
 * @sectors_erased: sectors
 * @sectors_written: sectors of which all planned bytes were written
 * @sectors_unchanged: sectors that held what they should
 * @sectors_preserved: sectors with bytes that were put back
 * @seconds: by phase
 * @seconds_total: from first to last transfer
 * @transfers: control transfers
 * @has_difference: whether the next three say something
 * @difference_address: first address that differs
 * @expected: byte that should be there
 * @found: byte that is there
 * @read: (nullable): what READ steps brought
 * @recovery_file: (nullable): a file with bytes that were to be kept and are not yet in place again;
 *   the next run on the same board puts them back
 * @recovery_aside: (nullable): where bytes were put aside: a recovery file that could not be used, or
 *   what the board held in the place of bytes that were put back
 * @recovery_problem: (nullable): why
 *
 * Release with jmp_outcome_clear().
 */
typedef struct {
  JmpBoardState state;
  gboolean connected;
  guint step;
  guint64 bytes_written;
  guint64 bytes_verified;
  guint64 bytes_skipped;
  guint64 bytes_kept;
  guint64 bytes_read;
  guint sectors_erased;
  guint sectors_written;
  guint sectors_unchanged;
  guint sectors_preserved;
  double seconds[JMP_PHASE_N];
  double seconds_total;
  guint64 transfers;
  gboolean has_difference;
  guint32 difference_address;
  guint8 expected;
  guint8 found;
  JmpImage *read;
  char *recovery_file;
  char *recovery_aside;
  char *recovery_problem;
} JmpOutcome;

gboolean jmp_flash_run (JmpDfu *dfu,
                        JmpPlan *plan,
                        JmpProgressFunc progress,
                        gpointer user_data,
                        GCancellable *cancellable,
                        JmpOutcome *outcome,
                        GError **error);
void jmp_outcome_clear (JmpOutcome *self);
const char *jmp_phase_to_string (JmpPhase phase);
const char *jmp_board_state_to_string (JmpBoardState state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpOutcome, jmp_outcome_clear)

G_END_DECLS
