/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What stands where in the memory of the board at hand: from the catalogue, where the board is known
 * for certain, and from its memory map.
 *
 * The command and the window ask here, so that both protect and name the same. Any thread. */

#pragma once

#include "board/catalogue.h"
#include "device/device.h"
#include "flash/guard.h"

G_BEGIN_DECLS

/**
 * JmpRegions:
 * @board: (nullable): which board it certainly is
 * @all: (element-type JmpRegion): what stands where, by alt setting and address, without overlap
 * @guard: (element-type JmpGuardRegion): of these the reserved ones; borrows their names
 * @guard_files: (element-type JmpGuardRegion): the same, and where the person's files are: what an update
 *   or an erase takes only by consent. To put a backup back is to put the files back: @guard is for that
 * @plan: (element-type JmpPlanRegion): all of them, for #JmpPlanOptions; borrows their names
 *
 * Release with jmp_regions_free().
 */
typedef struct {
  JmpBoard *board;
  GArray *all;
  GArray *guard;
  GArray *guard_files;
  GArray *plan;
} JmpRegions;

JmpBoard *jmp_regions_find_board (JmpCatalogue *catalogue,
                                  JmpDevice *device,
                                  const char *said) G_GNUC_WARN_UNUSED_RESULT;
JmpRegions *jmp_regions_new (JmpBoard *board, const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
JmpRegions *jmp_regions_new_for_device (JmpCatalogue *catalogue,
                                        JmpDevice *device,
                                        const char *said) G_GNUC_WARN_UNUSED_RESULT;
void jmp_regions_free (JmpRegions *self);
gboolean jmp_regions_is_guarded (const JmpRegion *region);
gboolean jmp_regions_is_called (const JmpGuardRegion *region, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpRegions, jmp_regions_free)

G_END_DECLS
