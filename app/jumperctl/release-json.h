/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards and releases in the shapes that scripts rely on. Main thread. */

#pragma once

#include "jumperctl/library.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void ctl_board_json (JsonBuilder *builder, JmpBoard *board);
void ctl_release_json (JsonBuilder *builder, const JmpRelease *release);
void ctl_fetched_json (JsonBuilder *builder, const JmpRelease *release, const JmpFetched *fetched);

G_END_DECLS
