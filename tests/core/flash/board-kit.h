/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A virtual board on a fake clock, opened for a test, and what its flash held before. */

#pragma once

#include "flash/run.h"
#include "usb/fault.h"
#include "virtual/board.h"

typedef struct {
  JmpVirtualBoard *board;
  JmpDfuInfo *info;
  guint32 base;
  gsize size;
  guint8 *before;
} Bench;

void bench_set_up (Bench *bench, const char *spec);
void bench_tear_down (Bench *bench);
/* The flash as it is now; free it. */
guint8 *bench_flash (Bench *bench);
/* What the flash held before now is what it holds now. */
void bench_remember (Bench *bench);
/* Opens the board; @fault, where it is wanted, is owned by the interface. */
JmpDfu *bench_open (Bench *bench, JmpUsb **fault);
/* The whole of a plan for the image on this board. */
JmpPlan *bench_plan (Bench *bench, JmpImage *image, const JmpPlanOptions *options);

gboolean bench_holds (Bench *bench, JmpImage *image);
/* Nothing outside the sectors that the plan changes is different. */
void bench_check_rest (Bench *bench, JmpPlan *plan);
void bench_check_idle (Bench *bench);
void bench_check_no_violations (Bench *bench);
