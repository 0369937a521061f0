/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a board that runs MicroPython says of its firmware, and how it is asked.
 *
 * Pure: the code that is sent and the parser of what comes back belong together; board/console.h does
 * the sending. Also which USB ids such boards have. Any thread. */

#pragma once

#include "board/catalogue.h"
#include "device/running-ids.h"

G_BEGIN_DECLS

/* More than this is no answer to jmp_running_code(), in bytes. */
#define JMP_RUNNING_MAX_ANSWER 8192

/**
 * JmpRunning:
 * @name: "micropython", or what else the firmware calls itself
 * @version: "1.29.0", or "1.30.0-preview"
 * @description: (nullable): "v1.29.0 on 2026-08-24": exact for a preview, too
 * @build: (nullable): its build, as release files are named by: "PYBV11-DP"; since MicroPython 1.25
 * @machine: (nullable): "PYBv1.1 with STM32F405RG"
 *
 * Texts are valid UTF-8 that can be shown. Release with jmp_running_free().
 */
typedef struct {
  char *name;
  char *version;
  char *description;
  char *build;
  char *machine;
} JmpRunning;

const char *jmp_running_code (void);
JmpRunning *jmp_running_parse (const char *text,
                               gsize size,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpRunning *jmp_running_copy (const JmpRunning *self) G_GNUC_WARN_UNUSED_RESULT;
void jmp_running_free (JmpRunning *self);

JmpRunningIds *jmp_running_ids_from_catalogue (JmpCatalogue *catalogue) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpRunning, jmp_running_free)

G_END_DECLS
