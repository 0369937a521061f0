/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which requests move which bytes, on a device that only notes what it is asked. */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "flash/run.h"
#include "plan-kit.h"

typedef struct {
  JmpUsb base;
  guint16 block_size;
  guint32 pointer;
  guint8 state;
  gboolean only_addresses; /* note only where the address is set */
  guint32 top;             /* the highest block number */
  GString *log;
} Scribe;

static GBytes *
scribe_descriptors (JmpUsb *usb, GError **error)
{
  return g_bytes_new (NULL, 0);
}

static gboolean
scribe_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return TRUE;
}

static gboolean
scribe_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  g_string_append_printf (((Scribe *)usb)->log, "ALT %u\n", alt);
  return TRUE;
}

static void G_GNUC_PRINTF (2, 3) note (Scribe *self, const char *format, ...)
{
  va_list args;

  if (self->only_addresses)
    return;
  va_start (args, format);
  g_string_append_vprintf (self->log, format, args);
  va_end (args);
}

static guint32
block_address (Scribe *self, guint16 block)
{
  self->top = MAX (self->top, block);
  return self->pointer + (guint32)(block - 2) * self->block_size;
}

static gboolean
in_state (Scribe *self, JmpDfuState other)
{
  return self->state == JMP_DFU_IDLE || self->state == other;
}

static void
scribe_download (Scribe *self, const JmpUsbSetup *setup, const guint8 *data)
{
  self->state = JMP_DFU_DNLOAD_SYNC;
  if (setup->value != 0) {
    note (self,
          "WRITE 0x%08X +%u as %u\n",
          block_address (self, setup->value),
          setup->length,
          setup->value);
    return;
  }
  self->pointer = jmp_get_u32 (data + 1);
  g_string_append_printf (
      self->log, "%s 0x%08X\n", data[0] == 0x21 ? "SET" : "ERASE", self->pointer);
}

static gssize
scribe_upload (Scribe *self, const JmpUsbSetup *setup, guint8 *data)
{
  guint32 address = block_address (self, setup->value);

  self->state = JMP_DFU_UPLOAD_IDLE;
  note (self, "READ 0x%08X +%u as %u\n", address, setup->length, setup->value);
  for (guint i = 0; i < setup->length; i++)
    data[i] = kit_byte_at (address + i);
  return setup->length;
}

static gssize
scribe_status (Scribe *self, guint8 *data)
{
  if (self->state == JMP_DFU_DNLOAD_SYNC)
    self->state = JMP_DFU_DNBUSY;
  else if (self->state == JMP_DFU_DNBUSY)
    self->state = JMP_DFU_DNLOAD_IDLE;
  memset (data, 0, 6);
  data[4] = self->state;
  return 6;
}

static gssize
scribe_control (JmpUsb *usb,
                const JmpUsbSetup *setup,
                guint8 *data,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  Scribe *self = (Scribe *)usb;

  if (setup->request == 1 && in_state (self, JMP_DFU_DNLOAD_IDLE)) {
    scribe_download (self, setup, data);
    return setup->length;
  }
  if (setup->request == 2 && in_state (self, JMP_DFU_UPLOAD_IDLE))
    return scribe_upload (self, setup, data);
  if (setup->request == 3)
    return scribe_status (self, data);
  if (setup->request == 6) {
    self->state = JMP_DFU_IDLE;
    return 0;
  }
  g_set_error (error, JMP_ERROR, JMP_ERROR_STALLED, "request %u", setup->request);
  return -1;
}

static gboolean
scribe_reset (JmpUsb *usb, GError **error)
{
  return TRUE;
}

static gint64
scribe_now (JmpUsb *usb)
{
  return 0;
}

static gboolean
scribe_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
scribe_free (JmpUsb *usb)
{
}

static const JmpUsbOps scribe_ops = {
  .descriptors = scribe_descriptors,
  .claim = scribe_claim,
  .set_alt = scribe_set_alt,
  .control = scribe_control,
  .reset = scribe_reset,
  .now = scribe_now,
  .wait = scribe_wait,
  .free = scribe_free,
};

/* Runs a plan on a device that has what the image has, and returns what it was asked; free it. */
static char *
run_on_scribe (Scribe *scribe, JmpDfuInfo *board, JmpPlan *plan)
{
  g_autoptr (JmpDfu) dfu = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JmpOutcome) outcome = { 0 };

  scribe->base.ops = &scribe_ops;
  scribe->block_size = board->device_transfer_size;
  scribe->state = JMP_DFU_IDLE;
  scribe->log = g_string_new (NULL);
  dfu = jmp_dfu_open (&scribe->base, board, &error);
  assert_no_error (error);
  jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (scribe->state, JMP_DFU_IDLE);
  return g_string_free (scribe->log, FALSE);
}

static void
check_log (JmpDfuInfo *board, const char *segments, const char *expected)
{
  const JmpPlanOptions options = { .verify = TRUE };
  g_autoptr (JmpImage) image = kit_image_new (segments);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, &error);
  Scribe scribe = { 0 };
  g_autofree char *log = NULL;

  assert_no_error (error);
  log = run_on_scribe (&scribe, board, plan);
  assert_lines_equal (log, expected);
}

/* A short last block has an address of its own; it is read as a whole one, because memory goes on. */
static void
test_blocks_short_one_is_last (void **state)
{
  static const char *const layouts[] = { "@Flash /0x08000000/4*16Kg", NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);

  check_log (board,
             "0 0x08000000 5000",
             "ALT 0\n"
             "SET 0x08000000\n"
             "ERASE 0x08000000\n"
             "SET 0x08000000\n"
             "WRITE 0x08000000 +2048 as 2\n"
             "WRITE 0x08000800 +2048 as 3\n"
             "SET 0x08001000\n"
             "WRITE 0x08001000 +928 as 2\n"
             "SET 0x08000000\n"
             "READ 0x08000000 +2048 as 2\n"
             "READ 0x08000800 +2048 as 3\n"
             "READ 0x08001000 +2048 as 4\n");
}

/* Nothing is read past the end of the memory, nor into what cannot be read. */
static void
test_blocks_reads_are_bounded_by_the_map (void **state)
{
  static const char *const layouts[] = { "@Flash /0x08000000/3*1Kg,1*1Kf", NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);

  check_log (board,
             "0 0x08000000 3072",
             "ALT 0\n"
             "SET 0x08000000\n"
             "ERASE 0x08000000\n"
             "ERASE 0x08000400\n"
             "ERASE 0x08000800\n"
             "SET 0x08000000\n"
             "WRITE 0x08000000 +2048 as 2\n"
             "SET 0x08000800\n"
             "WRITE 0x08000800 +1024 as 2\n"
             "SET 0x08000000\n"
             "READ 0x08000000 +2048 as 2\n"
             "SET 0x08000800\n"
             "READ 0x08000800 +1024 as 2\n");
}

/* A device that multiplies block numbers with another size than the one used here. */
static void
test_blocks_of_another_size_all_have_an_address (void **state)
{
  static const char *const layouts[] = { "@Flash /0x08000000/4*2Kg", NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);

  board->transfer_size = 1024;
  check_log (board,
             "0 0x08000000 2052",
             "ALT 0\n"
             "SET 0x08000000\n"
             "ERASE 0x08000000\n"
             "ERASE 0x08000800\n"
             "SET 0x08000000\n"
             "WRITE 0x08000000 +1024 as 2\n"
             "SET 0x08000400\n"
             "WRITE 0x08000400 +1024 as 2\n"
             "SET 0x08000800\n"
             "WRITE 0x08000800 +32 as 2\n"
             "SET 0x08000000\n"
             "READ 0x08000000 +1024 as 2\n"
             "SET 0x08000400\n"
             "READ 0x08000400 +1024 as 2\n"
             "SET 0x08000800\n"
             "READ 0x08000800 +4 as 2\n");
}

/* Each alt setting is chosen once for all that is done in it. */
static void
test_blocks_alt_settings (void **state)
{
  static const char *const layouts[] = { "@Flash /0x08000000/4*2Kg",
                                         "@SPI Flash /0x00000000/4*2Kg",
                                         NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);

  check_log (board,
             "0 0x08000000 2048; 1 0 2048",
             "ALT 0\n"
             "SET 0x08000000\n"
             "ERASE 0x08000000\n"
             "SET 0x08000000\n"
             "WRITE 0x08000000 +2048 as 2\n"
             "SET 0x08000000\n"
             "READ 0x08000000 +2048 as 2\n"
             "ALT 1\n"
             "ERASE 0x00000000\n"
             "SET 0x00000000\n"
             "WRITE 0x00000000 +2048 as 2\n"
             "SET 0x00000000\n"
             "READ 0x00000000 +2048 as 2\n");
}

/* Block numbers have 16 bits: with small blocks they run out, and the address is set again. */
static void
test_blocks_numbers_run_out (void **state)
{
  static const char *const layouts[] = { "@Flash /0x90000000/64*128Kg", NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Scribe scribe = { .only_addresses = TRUE };
  g_autofree char *log = NULL;

  board->transfer_size = 64;
  board->device_transfer_size = 64;
  plan = jmp_plan_backup (board, 0, &error);
  assert_no_error (error);
  log = run_on_scribe (&scribe, board, plan);
  /* 0xFFFE - 2 + 1 blocks of 64 bytes each time */
  assert_lines_equal (log,
                      "ALT 0\n"
                      "SET 0x90000000\n"
                      "SET 0x903FFF40\n"
                      "SET 0x907FFE80\n");
  assert_int_equal (scribe.top, 0xFFFE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_blocks_short_one_is_last),
    cmocka_unit_test (test_blocks_reads_are_bounded_by_the_map),
    cmocka_unit_test (test_blocks_of_another_size_all_have_an_address),
    cmocka_unit_test (test_blocks_alt_settings),
    cmocka_unit_test (test_blocks_numbers_run_out),
  };

  return cmocka_run_group_tests_name ("core/flash/blocks", tests, NULL, NULL);
}
