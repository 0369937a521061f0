/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One board, the firmware chosen for it, and the work on it: all that the pages of a board show, and the
 * rules of the one main button.
 *
 * Knows no toolkit. Emits "changed" when anything but the progress is different, "loading" while
 * firmware is downloaded, "asking" when the main button was pressed and there is something to agree to
 * (consent.h), "progress" while work runs, and "finished" after the "changed" with which work ends. Has
 * at most one job at a time, which keeps the session alive until it ends. Main thread only; loading
 * firmware, remembering, speaking to the board and the job itself have threads of their own. */

#pragma once

#include "backup/keeper.h"
#include "board/known-boards.h"
#include "board/running.h"
#include "device/device.h"
#include "flash/job.h"
#include "release/choose.h"
#include "session/firmware.h"

G_BEGIN_DECLS

/**
 * JmpSessionState:
 * @JMP_SESSION_NO_FIRMWARE: no firmware is chosen
 * @JMP_SESSION_CHOSEN: firmware is chosen, and is had when the main button is pressed
 * @JMP_SESSION_READING: the firmware is being read or downloaded
 * @JMP_SESSION_BAD_FIRMWARE: the firmware cannot be had, or not be used on this board: see the problem
 * @JMP_SESSION_READY: there is a plan
 * @JMP_SESSION_WORKING: the board is looked at, or the plan is being carried out
 * @JMP_SESSION_WAITING: the board went away in the middle, and its return is waited for
 * @JMP_SESSION_STOPPING: the work was asked to stop and has not yet
 * @JMP_SESSION_SUCCEEDED: the work is done; not yet dismissed
 * @JMP_SESSION_FAILED: the work failed; not yet dismissed
 * @JMP_SESSION_STOPPED: the work was stopped; not yet dismissed
 */
typedef enum {
  JMP_SESSION_NO_FIRMWARE,
  JMP_SESSION_CHOSEN,
  JMP_SESSION_READING,
  JMP_SESSION_BAD_FIRMWARE,
  JMP_SESSION_READY,
  JMP_SESSION_WORKING,
  JMP_SESSION_WAITING,
  JMP_SESSION_STOPPING,
  JMP_SESSION_SUCCEEDED,
  JMP_SESSION_FAILED,
  JMP_SESSION_STOPPED,
} JmpSessionState;

/**
 * JmpMainButton:
 * @JMP_MAIN_INSTALL: nothing is known of what is on the board, or the chosen version is an older one
 * @JMP_MAIN_UPDATE: the chosen version is newer than the one on the board
 * @JMP_MAIN_REINSTALL: it is on the board already
 * @JMP_MAIN_REPAIR: the last work left the board without firmware that is whole, and other firmware is
 *   chosen
 * @JMP_MAIN_RESTORE: a backup is chosen
 * @JMP_MAIN_CONTINUE: the last work with it was stopped in the middle
 * @JMP_MAIN_TRY_AGAIN: the last work with it failed, or it could not be had
 * @JMP_MAIN_RESTART: the board runs its program, and can be sent into DFU mode
 *
 * What the main button says.
 */
typedef enum {
  JMP_MAIN_INSTALL,
  JMP_MAIN_UPDATE,
  JMP_MAIN_REINSTALL,
  JMP_MAIN_REPAIR,
  JMP_MAIN_RESTORE,
  JMP_MAIN_CONTINUE,
  JMP_MAIN_TRY_AGAIN,
  JMP_MAIN_RESTART,
} JmpMainButton;

/**
 * JmpObstacle:
 * @JMP_OBSTACLE_NONE: it can be pressed
 * @JMP_OBSTACLE_WORK: work is running
 * @JMP_OBSTACLE_DONE: the work is done and not dismissed
 * @JMP_OBSTACLE_BOARD_UNUSABLE: the board cannot be opened: see the device's problem
 * @JMP_OBSTACLE_BOARD_RUNNING: the board runs its program, and cannot be spoken to
 * @JMP_OBSTACLE_TALKING: the board runs its program, and is being spoken to
 * @JMP_OBSTACLE_BOARD_GONE: the board is not connected
 * @JMP_OBSTACLE_NO_FIRMWARE: no firmware is chosen
 * @JMP_OBSTACLE_READING: the firmware is being read or downloaded
 * @JMP_OBSTACLE_ADDRESS: the file does not say where in memory it belongs, or fits several places
 * @JMP_OBSTACLE_FIRMWARE: the firmware cannot be used on this board: see the problem
 *
 * Why the main button cannot be pressed.
 */
typedef enum {
  JMP_OBSTACLE_NONE,
  JMP_OBSTACLE_WORK,
  JMP_OBSTACLE_DONE,
  JMP_OBSTACLE_BOARD_UNUSABLE,
  JMP_OBSTACLE_BOARD_RUNNING,
  JMP_OBSTACLE_TALKING,
  JMP_OBSTACLE_BOARD_GONE,
  JMP_OBSTACLE_NO_FIRMWARE,
  JMP_OBSTACLE_READING,
  JMP_OBSTACLE_ADDRESS,
  JMP_OBSTACLE_FIRMWARE,
} JmpObstacle;

#define JMP_TYPE_SESSION (jmp_session_get_type ())
G_DECLARE_FINAL_TYPE (JmpSession, jmp_session, JMP, SESSION, GObject)

JmpSession *jmp_session_new (JmpDevice *device, GListModel *boards) G_GNUC_WARN_UNUSED_RESULT;

/* The firmware: session-load.c. */
gboolean jmp_session_open_file (JmpSession *self, GFile *file);
gboolean jmp_session_open_release (JmpSession *self, JmpRelease *release);
gboolean jmp_session_open_firmware_loader (JmpSession *self, JmpFirmwareLoader *loader);
gboolean jmp_session_choose_release (JmpSession *self, JmpRelease *release);
void jmp_session_choose_nothing (JmpSession *self);
gboolean jmp_session_set_address (JmpSession *self, guint32 address);
gboolean jmp_session_load (JmpSession *self);
void jmp_session_stop_loading (JmpSession *self);
gboolean jmp_session_can_load_again (JmpSession *self);
gboolean jmp_session_wants_address (JmpSession *self);
const GArray *jmp_session_get_places (JmpSession *self);
gboolean jmp_session_wants_place (JmpSession *self);
void jmp_session_set_place (JmpSession *self, guint8 alt);
gboolean jmp_session_get_guess (JmpSession *self, JmpRawGuess *out);
JmpDownloadProgress jmp_session_get_download (JmpSession *self);

/* Chips that take it, when the board does not: session-fit.c. */
GPtrArray *jmp_session_get_takers (JmpSession *self);

/* Which board it is: session-board.c. */
void jmp_session_set_knowledge (JmpSession *self, JmpLibrary *library, JmpKnownBoards *known);
JmpLibrary *jmp_session_get_library (JmpSession *self);
JmpBoard *jmp_session_get_board (JmpSession *self);
const char *jmp_session_get_variant (JmpSession *self);
const char *jmp_session_get_version (JmpSession *self);
const JmpChoice *jmp_session_get_choice (JmpSession *self);
void jmp_session_set_board (JmpSession *self, JmpBoard *board, const char *variant);
void jmp_session_set_seen (JmpSession *self, const JmpEvidence *seen);
const char *jmp_session_get_nickname (JmpSession *self);
void jmp_session_set_nickname (JmpSession *self, const char *nickname);
gboolean jmp_session_can_remember (JmpSession *self);
const char *jmp_session_get_title (JmpSession *self);

/* The board while its program runs: session-running.c. */
gboolean jmp_session_has_console (JmpSession *self);
gboolean jmp_session_is_talking (JmpSession *self);
gboolean jmp_session_ask_running (JmpSession *self);
gboolean jmp_session_restart_board (JmpSession *self);
gboolean jmp_session_is_restarting (JmpSession *self);
gboolean jmp_session_came_by_itself (JmpSession *self);
const JmpRunning *jmp_session_get_running (JmpSession *self);
const GError *jmp_session_get_console_problem (JmpSession *self);

/* Read protection: session-protection.c. */
gboolean jmp_session_can_unprotect (JmpSession *self);
gboolean jmp_session_unprotect (JmpSession *self);
gboolean jmp_session_is_unprotecting (JmpSession *self);
const GError *jmp_session_get_unprotect_problem (JmpSession *self);

/* The work. */
gboolean jmp_session_begin (JmpSession *self);
void jmp_session_agree (JmpSession *self);
GArray *jmp_session_find_protected (JmpSession *self) G_GNUC_WARN_UNUSED_RESULT;
GArray *jmp_session_find_files (JmpSession *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_session_start (JmpSession *self);
void jmp_session_stop (JmpSession *self);
void jmp_session_dismiss (JmpSession *self);

/* The backup before the work: session-backup.c. */
void jmp_session_set_store (JmpSession *self, JmpBackupStore *store, gboolean first);
void jmp_session_set_has_backup (JmpSession *self, gboolean has_backup);
gboolean jmp_session_can_back_up (JmpSession *self);
gboolean jmp_session_get_backup_first (JmpSession *self);
void jmp_session_set_backup_first (JmpSession *self, gboolean first);
JmpBackup *jmp_session_get_backup (JmpSession *self);
gboolean jmp_session_has_backup_stage (JmpSession *self);
void jmp_session_hold (JmpSession *self, gboolean held);
GListModel *jmp_session_get_boards (JmpSession *self);

/* How it is: session-state.c. */
JmpDevice *jmp_session_get_device (JmpSession *self);
JmpSessionState jmp_session_get_state (JmpSession *self);
gboolean jmp_session_is_working (JmpSession *self);
gboolean jmp_session_can_stop (JmpSession *self);
gboolean jmp_session_is_finished (JmpSession *self);
gboolean jmp_session_was_interrupted (JmpSession *self);
gboolean jmp_session_is_restore (JmpSession *self);
JmpMainButton jmp_session_get_main_button (JmpSession *self);
JmpObstacle jmp_session_get_obstacle (JmpSession *self);
JmpFirmwareLoader *jmp_session_get_loader (JmpSession *self);
const char *jmp_session_get_firmware_name (JmpSession *self);
JmpFirmware *jmp_session_get_firmware (JmpSession *self);
GFile *jmp_session_get_file (JmpSession *self);
JmpImage *jmp_session_get_image (JmpSession *self);
JmpPlan *jmp_session_get_plan (JmpSession *self);
JmpPlan *jmp_session_get_look (JmpSession *self);
gboolean jmp_session_is_surveyed (JmpSession *self);
gboolean jmp_session_is_plan_over (JmpSession *self);
gboolean jmp_session_was_resumed (JmpSession *self);
JmpProgress jmp_session_get_progress (JmpSession *self);
JmpJob *jmp_session_get_job (JmpSession *self);
const GError *jmp_session_get_problem (JmpSession *self);

G_END_DECLS
