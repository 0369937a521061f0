/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an installation from the window is: how the plan is made, and a job that can wait for its board
 * and keeps what it remembers where the command looks for it. Knows no toolkit. Main thread only. */

#pragma once

#include "board/regions.h"
#include "device/device.h"
#include "flash/job.h"

G_BEGIN_DECLS

/**
 * JmpInstall:
 * @options: how; borrows @regions
 * @regions: what is known of the board's memory
 *
 * How an image is brought onto a board. Release with jmp_install_clear().
 */
typedef struct {
  JmpPlanOptions options;
  JmpRegions *regions;
} JmpInstall;

JmpInstall jmp_install_for (JmpBoard *board, JmpCatalogue *catalogue, JmpDevice *device);
void jmp_install_clear (JmpInstall *self);
JmpJob *jmp_install_job_new (JmpDevice *device,
                             JmpImage *image,
                             const JmpInstall *how,
                             const GArray *agreed,
                             GListModel *boards) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpInstall, jmp_install_clear)

G_END_DECLS
