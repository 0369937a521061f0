/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One of several boards that are updated together: its session, and what became of it.
 *
 * Belongs to a #JmpFleet, which alone changes it. Emits "changed". Knows no toolkit. Main thread only. */

#pragma once

#include "session/session.h"

G_BEGIN_DECLS

/**
 * JmpFleetBoardState:
 * @JMP_FLEET_BOARD_OUT: it is left out: see the reason
 * @JMP_FLEET_BOARD_GETTING: whether it takes part is known when the firmware is there
 * @JMP_FLEET_BOARD_READY: it takes part
 * @JMP_FLEET_BOARD_WORKING: it is being worked on, or on its way there
 * @JMP_FLEET_BOARD_DONE: the firmware is on it
 * @JMP_FLEET_BOARD_FAILED: it is not: see the error, or the reason
 * @JMP_FLEET_BOARD_STOPPED: the person stopped it
 */
typedef enum {
  JMP_FLEET_BOARD_OUT,
  JMP_FLEET_BOARD_GETTING,
  JMP_FLEET_BOARD_READY,
  JMP_FLEET_BOARD_WORKING,
  JMP_FLEET_BOARD_DONE,
  JMP_FLEET_BOARD_FAILED,
  JMP_FLEET_BOARD_STOPPED,
} JmpFleetBoardState;

/**
 * JmpFleetReason:
 * @JMP_FLEET_TAKES_PART: it is not left out
 * @JMP_FLEET_GONE: it is not connected
 * @JMP_FLEET_UNUSABLE: it cannot be opened: see the device's problem
 * @JMP_FLEET_RUNNING: it runs a program that cannot be spoken to
 * @JMP_FLEET_NO_ANSWER: it was sent into DFU mode and did not come back
 * @JMP_FLEET_BUSY: something else is done with it
 * @JMP_FLEET_UNKNOWN_KIND: which board it is is not known, and so not which release is for it
 * @JMP_FLEET_OTHER_KIND: the firmware is for another board
 * @JMP_FLEET_NO_FIRMWARE: there is no firmware for it, or none was chosen
 * @JMP_FLEET_FIRMWARE: the firmware cannot be had, or not be used on it: see the error
 * @JMP_FLEET_ALONE: something has to be agreed to that is asked for each board by itself
 *
 * Why a board does not take part.
 */
typedef enum {
  JMP_FLEET_TAKES_PART,
  JMP_FLEET_GONE,
  JMP_FLEET_UNUSABLE,
  JMP_FLEET_RUNNING,
  JMP_FLEET_NO_ANSWER,
  JMP_FLEET_BUSY,
  JMP_FLEET_UNKNOWN_KIND,
  JMP_FLEET_OTHER_KIND,
  JMP_FLEET_NO_FIRMWARE,
  JMP_FLEET_FIRMWARE,
  JMP_FLEET_ALONE,
} JmpFleetReason;

#define JMP_TYPE_FLEET_BOARD (jmp_fleet_board_get_type ())
G_DECLARE_FINAL_TYPE (JmpFleetBoard, jmp_fleet_board, JMP, FLEET_BOARD, GObject)

JmpSession *jmp_fleet_board_get_session (JmpFleetBoard *self);
JmpFleetBoardState jmp_fleet_board_get_state (JmpFleetBoard *self);
JmpFleetReason jmp_fleet_board_get_reason (JmpFleetBoard *self);
const GError *jmp_fleet_board_get_error (JmpFleetBoard *self);
const JmpOutcome *jmp_fleet_board_get_outcome (JmpFleetBoard *self);
double jmp_fleet_board_get_fraction (JmpFleetBoard *self);

G_END_DECLS
