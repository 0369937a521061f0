/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One board, the firmware file chosen for it, and the work on it: all that the pages of a board show,
 * and the rules of the one main button.
 *
 * Knows no toolkit. Emits "changed" when anything but the progress is different, "progress" while work
 * runs, and "finished" after the "changed" with which work ends. Has at most one job at a time, which
 * keeps the session alive until it ends. Main thread only; reading a file and the job itself have
 * threads of their own. */

#pragma once

#include "device/device.h"
#include "flash/job.h"
#include "image/reader.h"

G_BEGIN_DECLS

/**
 * JmpSessionState:
 * @JMP_SESSION_NO_FILE: no firmware is chosen
 * @JMP_SESSION_READING: the file is being read
 * @JMP_SESSION_BAD_FILE: the file cannot be used on this board: see the problem
 * @JMP_SESSION_READY: there is a plan
 * @JMP_SESSION_WORKING: the board is looked at, or the plan is being carried out
 * @JMP_SESSION_WAITING: the board went away in the middle, and its return is waited for
 * @JMP_SESSION_STOPPING: the work was asked to stop and has not yet
 * @JMP_SESSION_SUCCEEDED: the work is done; not yet dismissed
 * @JMP_SESSION_FAILED: the work failed; not yet dismissed
 * @JMP_SESSION_STOPPED: the work was stopped; not yet dismissed
 */
typedef enum {
  JMP_SESSION_NO_FILE,
  JMP_SESSION_READING,
  JMP_SESSION_BAD_FILE,
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
 * @JMP_MAIN_INSTALL: the file was not installed from here yet
 * @JMP_MAIN_INSTALL_AGAIN: the last work with it succeeded
 * @JMP_MAIN_TRY_AGAIN: the last work with it did not
 *
 * What the main button says.
 */
typedef enum {
  JMP_MAIN_INSTALL,
  JMP_MAIN_INSTALL_AGAIN,
  JMP_MAIN_TRY_AGAIN,
} JmpMainButton;

/**
 * JmpObstacle:
 * @JMP_OBSTACLE_NONE: it can be pressed
 * @JMP_OBSTACLE_WORK: work is running
 * @JMP_OBSTACLE_DONE: the work is done and not dismissed
 * @JMP_OBSTACLE_BOARD_UNUSABLE: the board cannot be opened: see the device's problem
 * @JMP_OBSTACLE_BOARD_RUNNING: the board runs its program
 * @JMP_OBSTACLE_BOARD_GONE: the board is not connected
 * @JMP_OBSTACLE_NO_FILE: no firmware is chosen
 * @JMP_OBSTACLE_READING: the file is being read
 * @JMP_OBSTACLE_FILE: the file cannot be used on this board: see the problem
 *
 * Why the main button cannot be pressed.
 */
typedef enum {
  JMP_OBSTACLE_NONE,
  JMP_OBSTACLE_WORK,
  JMP_OBSTACLE_DONE,
  JMP_OBSTACLE_BOARD_UNUSABLE,
  JMP_OBSTACLE_BOARD_RUNNING,
  JMP_OBSTACLE_BOARD_GONE,
  JMP_OBSTACLE_NO_FILE,
  JMP_OBSTACLE_READING,
  JMP_OBSTACLE_FILE,
} JmpObstacle;

#define JMP_TYPE_SESSION (jmp_session_get_type ())
G_DECLARE_FINAL_TYPE (JmpSession, jmp_session, JMP, SESSION, GObject)

JmpSession *jmp_session_new (JmpDevice *device, GListModel *boards) G_GNUC_WARN_UNUSED_RESULT;

gboolean jmp_session_open_file (JmpSession *self, GFile *file);
gboolean jmp_session_start (JmpSession *self);
void jmp_session_stop (JmpSession *self);
void jmp_session_dismiss (JmpSession *self);

JmpDevice *jmp_session_get_device (JmpSession *self);
JmpSessionState jmp_session_get_state (JmpSession *self);
gboolean jmp_session_is_working (JmpSession *self);
gboolean jmp_session_can_stop (JmpSession *self);
gboolean jmp_session_is_finished (JmpSession *self);
JmpMainButton jmp_session_get_main_button (JmpSession *self);
JmpObstacle jmp_session_get_obstacle (JmpSession *self);
GFile *jmp_session_get_file (JmpSession *self);
const char *jmp_session_get_file_name (JmpSession *self);
JmpImage *jmp_session_get_image (JmpSession *self);
JmpPlan *jmp_session_get_plan (JmpSession *self);
JmpPlan *jmp_session_get_look (JmpSession *self);
gboolean jmp_session_is_surveyed (JmpSession *self);
gboolean jmp_session_was_resumed (JmpSession *self);
JmpProgress jmp_session_get_progress (JmpSession *self);
JmpJob *jmp_session_get_job (JmpSession *self);
const GError *jmp_session_get_problem (JmpSession *self);

G_END_DECLS
