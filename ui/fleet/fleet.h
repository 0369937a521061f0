/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards that are updated together: which take part, with what firmware, and what came of it.
 *
 * A #GListModel of #JmpFleetBoard. Every board works by itself, on its own job; one that fails stops none
 * of the others. Firmware that several boards take is had once, and the same bytes are brought onto all.
 * Whether it fits is asked of each board: one that it does not fit is left out, with the reason.
 *
 * Emits "changed" when anything but the progress is different, and "finished" when the last board has
 * ended. What the sessions do is looked at together, in one idle of the main context that was the thread's
 * default when the fleet was made. Knows no toolkit. Main thread only. */

#pragma once

#include "fleet/fleet-board.h"

G_BEGIN_DECLS

/**
 * JmpFleetState:
 * @JMP_FLEET_CHOOSING: nothing was begun
 * @JMP_FLEET_WORKING: at least one board is being worked on
 * @JMP_FLEET_DONE: all have ended; the results are not dismissed
 */
typedef enum {
  JMP_FLEET_CHOOSING,
  JMP_FLEET_WORKING,
  JMP_FLEET_DONE,
} JmpFleetState;

/**
 * JmpFleetFirmware:
 * @JMP_FLEET_NEWEST: for each board the newest release of what it takes
 * @JMP_FLEET_RELEASE: one release
 * @JMP_FLEET_FILE: one file
 *
 * What is brought onto the boards.
 */
typedef enum {
  JMP_FLEET_NEWEST,
  JMP_FLEET_RELEASE,
  JMP_FLEET_FILE,
} JmpFleetFirmware;

#define JMP_TYPE_FLEET (jmp_fleet_get_type ())
G_DECLARE_FINAL_TYPE (JmpFleet, jmp_fleet, JMP, FLEET, GObject)

JmpFleet *jmp_fleet_new (JmpBackupStore *store) G_GNUC_WARN_UNUSED_RESULT;

/* Who takes part, and with what: fleet.c. */
gboolean jmp_fleet_set_sessions (JmpFleet *self, GPtrArray *sessions);
void jmp_fleet_forget (JmpFleet *self, JmpSession *session);
gboolean jmp_fleet_has (JmpFleet *self, JmpSession *session);
gboolean jmp_fleet_choose_newest (JmpFleet *self);
gboolean jmp_fleet_choose_release (JmpFleet *self, JmpRelease *release);
gboolean jmp_fleet_open_file (JmpFleet *self, GFile *file);
JmpFleetFirmware jmp_fleet_get_firmware_kind (JmpFleet *self);
JmpRelease *jmp_fleet_get_release (JmpFleet *self);
JmpSession *jmp_fleet_get_reader (JmpFleet *self);
JmpSession *jmp_fleet_find_known (JmpFleet *self);

/* The work: fleet-work.c. */
gboolean jmp_fleet_start (JmpFleet *self, gboolean agreed);
gboolean jmp_fleet_retry (JmpFleet *self);
void jmp_fleet_stop (JmpFleet *self);
void jmp_fleet_dismiss (JmpFleet *self);

/* How it is: fleet-state.c. */
JmpFleetState jmp_fleet_get_state (JmpFleet *self);
guint jmp_fleet_count (JmpFleet *self, JmpFleetBoardState state);
guint jmp_fleet_count_begun (JmpFleet *self);
guint jmp_fleet_count_losing_files (JmpFleet *self);
gboolean jmp_fleet_keeps_files_first (JmpFleet *self);
gboolean jmp_fleet_is_mixed (JmpFleet *self);
double jmp_fleet_get_fraction (JmpFleet *self);
double jmp_fleet_get_seconds_left (JmpFleet *self);

G_END_DECLS
