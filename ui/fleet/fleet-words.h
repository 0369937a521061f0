/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards in sentences: what will be done with each, what came of it, and all of it as a report to
 * paste. Knows no toolkit. Main thread only. */

#pragma once

#include "fleet/fleet.h"
#include "session/status.h"

G_BEGIN_DECLS

JmpStatus jmp_fleet_status (JmpFleetBoard *board);
char *jmp_fleet_status_text (JmpFleetBoard *board) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_fix (JmpFleetBoard *board) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_time (JmpFleetBoard *board) G_GNUC_WARN_UNUSED_RESULT;

char *jmp_fleet_status_button (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_obstacle (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_summary (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_result (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_after (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_fleet_status_releases (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_fleet_status_files_lost (JmpFleet *fleet);

char *jmp_fleet_report (JmpFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
