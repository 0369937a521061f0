/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files of a virtual board's console share. */

#pragma once

#include <glib.h>

#include "virtual/board.h"

G_BEGIN_DECLS

/**
 * JmpVirtualPython:
 * @version: "1.29.0-preview" of the banner, without its "v"
 * @description: "v1.29.0-preview on 2026-08-24"
 * @machine: "PYBv1.1 with STM32F405RG"
 * @build: (nullable): "PYBV11-DP"
 * @modules: bits of what was imported
 * @wants_boot_loader: whether machine.bootloader() was called
 * @slept_ms: how long the code slept
 *
 * The interpreter: what it knows, and what it was told to do.
 */
typedef struct {
  char *version;
  char *description;
  char *machine;
  char *build;
  guint modules;
  gboolean wants_boot_loader;
  guint slept_ms;
} JmpVirtualPython;

void jmp_virtual_python_init (JmpVirtualPython *self, const char *banner, const char *build);
void jmp_virtual_python_clear (JmpVirtualPython *self);
void jmp_virtual_python_forget (JmpVirtualPython *self);
/* Runs @code; what it prints goes to @out, a traceback to @trouble. */
void jmp_virtual_python_run (JmpVirtualPython *self,
                             const char *code,
                             GString *out,
                             GString *trouble);

/* repl-board.c: the program called machine.bootloader(). */
void jmp_virtual_board_restart (JmpVirtualBoard *self, guint delay_ms);
/* repl-board.c: whether the program that was running at @appearance still does. */
gboolean jmp_virtual_board_still_runs (JmpVirtualBoard *self, guint appearance);

G_END_DECLS
