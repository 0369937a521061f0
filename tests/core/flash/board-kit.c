/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-kit.h"

#include "assert-text.h"
#include "virtual/virtual-usb.h"

void
bench_set_up (Bench *bench, const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpUsb *usb;
  JmpSector first;

  bench->board = jmp_virtual_board_new (spec, &error);
  assert_no_error (error);
  usb = jmp_virtual_usb_open (bench->board, &error);
  assert_no_error (error);
  bench->info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  jmp_usb_free (usb);
  assert_true (jmp_layout_get_sector (jmp_virtual_board_get_layout (bench->board, 0), 0, &first));
  bench->base = first.address;
  bench->size = (gsize)jmp_layout_get_size (jmp_virtual_board_get_layout (bench->board, 0));
  bench->before = bench_flash (bench);
}

void
bench_tear_down (Bench *bench)
{
  g_clear_pointer (&bench->info, jmp_dfu_info_unref);
  g_clear_pointer (&bench->board, jmp_virtual_board_unref);
  g_clear_pointer (&bench->before, g_free);
}

guint8 *
bench_flash (Bench *bench)
{
  guint8 *flash = g_malloc (bench->size);

  assert_true (jmp_virtual_board_peek (bench->board, 0, bench->base, flash, bench->size));
  return flash;
}

void
bench_remember (Bench *bench)
{
  g_free (bench->before);
  bench->before = bench_flash (bench);
}

JmpDfu *
bench_open (Bench *bench, JmpUsb **fault)
{
  g_autoptr (GError) error = NULL;
  JmpUsb *usb = jmp_virtual_usb_open (bench->board, &error);
  JmpDfu *dfu;

  assert_no_error (error);
  if (fault != NULL)
    usb = *fault = jmp_usb_fault_new (usb);
  dfu = jmp_dfu_open (usb, bench->info, &error);
  assert_no_error (error);
  return dfu;
}

JmpPlan *
bench_plan (Bench *bench, JmpImage *image, const JmpPlanOptions *options)
{
  const JmpPlanOptions usual = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_flash (image, bench->info, options != NULL ? options : &usual, &error);

  assert_no_error (error);
  return plan;
}

gboolean
bench_holds (Bench *bench, JmpImage *image)
{
  const JmpImageTarget *target = jmp_image_find_target (image, 0);
  g_autofree guint8 *flash = bench_flash (bench);

  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    if (memcmp (flash + (target->segments[i].address - bench->base), data, size) != 0)
      return FALSE;
  }
  return TRUE;
}

void
bench_check_rest (Bench *bench, JmpPlan *plan)
{
  g_autofree guint8 *after = bench_flash (bench);
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  for (guint i = 0; i < n_sectors; i++) {
    gsize at = sectors[i].sector.address - bench->base;

    if (sectors[i].alt == 0 && (sectors[i].fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN)) != 0)
      memcpy (after + at, bench->before + at, sectors[i].sector.size);
  }
  assert_memory_equal (after, bench->before, bench->size);
}

void
bench_check_idle (Bench *bench)
{
  static const guint8 get_status[8] = { 0xA1, 3, 0, 0, 0, 0, 6, 0 };
  guint8 status[6];
  JmpVirtualTransfer transfer = jmp_virtual_board_control (bench->board, get_status, status);

  assert_int_equal (transfer.reply, JMP_VIRTUAL_OK);
  if (status[4] != JMP_DFU_IDLE)
    fail_msg ("the board is in %s", jmp_dfu_state_to_string (status[4]));
}

void
bench_check_no_violations (Bench *bench)
{
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (bench->board);

  if (violations[0] != NULL) {
    g_autofree char *all = g_strjoinv ("\n  ", violations);

    fail_msg ("the board complains:\n  %s", all);
  }
}
