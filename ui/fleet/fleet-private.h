/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a fleet share: fleet.c has the boards and the firmware, fleet-work.c brings it onto
 * them, fleet-state.c says how all that is. */

#pragma once

#include "backups/backup-model.h"
#include "fleet/fleet.h"

G_BEGIN_DECLS

struct _JmpFleetBoard {
  GObject parent;

  JmpFleet *fleet; /* borrowed; NULL once it was taken out */
  JmpSession *session;
  JmpBackupModel *backups; /* says whether there is a backup of it */

  /* As it was last told */
  JmpFleetBoardState state;
  JmpFleetReason reason;

  /* The work */
  gboolean begun;          /* it was started, and its result is not dismissed */
  JmpFleetBoardState work; /* how that stands */
  gboolean wanted;         /* its job is still to come */
  gboolean restarted;      /* it was sent into DFU mode */
  guint patience;          /* source id: how long it may stay away then */
  JmpFleetReason refused;  /* why there was none */
  JmpJob *job;
  GError *error;
};

struct _JmpFleet {
  GObject parent;

  GPtrArray *boards; /* of JmpFleetBoard */
  JmpBackupStore *store;
  GSource *settling;    /* the idle that looks at all of them */
  gboolean agreed;      /* files may be overwritten */
  gboolean has_started; /* a job, in this look at all of them */

  /* The firmware */
  JmpFleetFirmware kind;
  JmpRelease *release; /* the one release */
  JmpSession *reader;  /* reads the one file; belongs to no window */
};

/* fleet-board.c */
JmpFleetBoard *jmp_fleet_board_new (JmpFleet *fleet, JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
void jmp_fleet_board_forget_work (JmpFleetBoard *self);
void jmp_fleet_board_changed (JmpFleetBoard *self);

/* fleet.c */
void jmp_fleet_settle (JmpFleet *self);
void jmp_fleet_share (JmpFleet *self, JmpFleetBoard *board);

/* fleet-work.c */
void jmp_fleet_push (JmpFleet *self, JmpFleetBoard *board);

/* fleet-state.c */
JmpRelease *jmp_fleet_release_of (JmpSession *session);
gboolean jmp_fleet_is_same (const JmpRelease *a, const JmpRelease *b);
JmpFleetReason jmp_fleet_check_firmware (JmpFleet *self, JmpFleetBoard *board);
void jmp_fleet_look_at (JmpFleet *self,
                        JmpFleetBoard *board,
                        JmpFleetBoardState *state,
                        JmpFleetReason *reason);

G_END_DECLS
