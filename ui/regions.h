/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a known board's memory are called. Only a board that is known for certain has
 * names: the ids of ST's boot loader are those of a hundred boards. Main thread only. */

#pragma once

#include "device/device.h"
#include "map/map-span.h"

G_BEGIN_DECLS

const JmpMapName *jmp_regions_of_device (JmpDevice *device, guint *n_names);

G_END_DECLS
