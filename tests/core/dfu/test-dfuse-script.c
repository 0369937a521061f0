/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ST's commands on a script, which knows every transfer; test-dfuse.c has them on a board. */

#include "assert-text.h"
#include "script-usb.h"

#include "base/error.h"
#include "dfu/dfuse.h"

#define FLASH 0x08000000

#define ADDRESS_SET                \
  "DNLOAD 0 21 00 40 00 08 = ok\n" \
  "GETSTATUS = OK 104 dfuDNBUSY\n" \
  "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n"
#define GO   ADDRESS_SET "DNLOAD 0 = ok\n"
#define IDLE "GETSTATUS = OK 0 dfuIDLE\n"

static const ScriptRow leaving[] = {
  { "manifest", GO "GETSTATUS = OK 50 dfuMANIFEST\n", SCRIPT_OK, NULL },
  { "manifest sync", GO "GETSTATUS = OK 50 dfuMANIFEST-SYNC\n", SCRIPT_OK, NULL },
  { "waits for a reset", GO "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\n", SCRIPT_OK, NULL },
  { "idle again", GO "GETSTATUS = OK 0 dfuIDLE\n", SCRIPT_OK, NULL },
  { "stalls", GO "GETSTATUS = stall\n", SCRIPT_OK, NULL },
  { "gone", GO "GETSTATUS = gone\n", SCRIPT_OK, NULL },
  { "garbled", GO "GETSTATUS = io\n", SCRIPT_OK, NULL },
  { "silent", GO "GETSTATUS = timeout\n", SCRIPT_OK, NULL },
  { "refuses",
    GO "GETSTATUS = errFIRMWARE 0 dfuERROR\n",
    JMP_ERROR_DEVICE_STATUS,
    "leaving: the device reports errFIRMWARE" },
  { "does nothing",
    GO "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    JMP_ERROR_PROTOCOL,
    "stays in state dfuDNLOAD-IDLE" },
  { "nonsense", GO "GETSTATUS = 00\n", JMP_ERROR_PROTOCOL, "leaving: " },
  { "gone before the empty DNLOAD", ADDRESS_SET "DNLOAD 0 = gone\n", JMP_ERROR_DISCONNECTED, NULL },
  { "stalls the empty DNLOAD",
    ADDRESS_SET "DNLOAD 0 = stall\n"
                "GETSTATUS = errNOTDONE 0 dfuERROR\n"
                "GETSTATUS = errNOTDONE 0 dfuERROR\n"
                "CLRSTATUS = ok\n" IDLE,
    JMP_ERROR_DEVICE_STATUS,
    "errNOTDONE" },
  { "address refused",
    "DNLOAD 0 21 00 40 00 08 = ok\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = errTARGET 0 dfuERROR\n"
    "GETSTATUS = errTARGET 0 dfuERROR\n"
    "CLRSTATUS = ok\n" IDLE,
    JMP_ERROR_DEVICE_STATUS,
    "leaving: setting the address 0x08004000: the device reports errTARGET" },
};

static void
test_dfuse_leave_takes_every_goodbye (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (leaving); i++) {
    JmpDfu *dfu = script_dfu_new (leaving[i].name, leaving[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfuse_leave (dfu, 0x08004000, NULL, &error);

    script_check_end (dfu, &leaving[i], done, error);
  }
}

static void
test_dfuse_leave_without_status (void **state)
{
  static const ScriptRow rows[] = {
    { "acknowledges", GO, SCRIPT_OK, NULL },
    { "gone", ADDRESS_SET "DNLOAD 0 = gone\n", SCRIPT_OK, NULL },
    { "stalls", ADDRESS_SET "DNLOAD 0 = stall\n", SCRIPT_OK, NULL },
    { "silent", ADDRESS_SET "DNLOAD 0 = timeout\n", SCRIPT_OK, NULL },
    { "gone before", "DNLOAD 0 21 00 40 00 08 = gone\n", JMP_ERROR_DISCONNECTED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpDfu *dfu = script_dfu_new (rows[i].name, rows[i].script, GD32);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfuse_leave (dfu, 0x08004000, NULL, &error);

    script_check_end (dfu, &rows[i], done, error);
  }
}

static void
test_dfuse_stalled_commands_are_explained (void **state)
{
  static const ScriptRow rows[] = {
    { "the device says why",
      "DNLOAD 0 21 00 40 00 08 = stall\n"
      "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
      "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
      "CLRSTATUS = ok\n" IDLE,
      JMP_ERROR_DEVICE_STATUS,
      "setting the address 0x08004000: the device reports errSTALLEDPKT" },
    { "the device says nothing",
      "DNLOAD 0 21 00 40 00 08 = stall\n" IDLE IDLE,
      JMP_ERROR_STALLED,
      "setting the address 0x08004000: DNLOAD of block 0" },
    { "protected, on a new ROM",
      "DNLOAD 0 21 00 40 00 08 = ok\n"
      "GETSTATUS = OK 50 dfuDNBUSY\n"
      "GETSTATUS = errVENDOR 0 dfuERROR\n"
      "GETSTATUS = errVENDOR 0 dfuERROR\n"
      "CLRSTATUS = ok\n" IDLE,
      JMP_ERROR_READ_PROTECTED,
      "errVENDOR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpDfu *dfu = script_dfu_new (rows[i].name, rows[i].script, NEW_ROM);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfuse_set_address (dfu, 0x08004000, NULL, &error);

    script_check_end (dfu, &rows[i], done, error);
  }
}

/* On ST's open stack, errVENDOR of a write only says that it failed. */
static void
test_dfuse_failed_write_is_not_read_protection (void **state)
{
  const ScriptRow row = { "errVENDOR",
                          "DNLOAD 2 01 02 03 04 = ok\n"
                          "GETSTATUS = OK 50 dfuDNBUSY\n"
                          "GETSTATUS = errVENDOR 0 dfuERROR\n"
                          "GETSTATUS = errVENDOR 0 dfuERROR\n"
                          "CLRSTATUS = ok\n" IDLE,
                          JMP_ERROR_DEVICE_STATUS,
                          "errVENDOR" };
  static const guint8 data[] = { 1, 2, 3, 4 };
  JmpDfu *dfu = script_dfu_new (row.name, row.script, NEW_ROM);
  g_autoptr (GError) error = NULL;
  gboolean done = jmp_dfuse_write_block (dfu, 2, data, sizeof data, NULL, &error);

  script_check_end (dfu, &row, done, error);
}

static void
test_dfuse_reads_that_fail (void **state)
{
  static const ScriptRow rows[] = {
    { "too few bytes",
      "UPLOAD 2 4 = 01 02\n" IDLE,
      JMP_ERROR_PROTOCOL,
      "2 bytes came of 4 in block 2" },
    { "no bytes", "UPLOAD 2 4 = none\n" IDLE, JMP_ERROR_PROTOCOL, "0 bytes" },
    { "state 15 of ST's stack, which takes two CLRSTATUS",
      "UPLOAD 2 4 = stall\n"
      "GETSTATUS = errSTALLEDPKT 0 15\n"
      "GETSTATUS = errSTALLEDPKT 0 15\n"
      "CLRSTATUS = ok\n"
      "GETSTATUS = errUNKNOWN 0 dfuERROR\n"
      "CLRSTATUS = ok\n" IDLE,
      JMP_ERROR_DEVICE_STATUS,
      "errSTALLEDPKT" },
    { "gone", "UPLOAD 2 4 = gone\n", JMP_ERROR_DISCONNECTED, NULL },
    { "silent, then well again", "UPLOAD 2 4 = timeout\n" IDLE, JMP_ERROR_TIMED_OUT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpDfu *dfu = script_dfu_new (rows[i].name, rows[i].script, NEW_ROM);
    g_autoptr (GError) error = NULL;
    guint8 data[4];
    gboolean done = jmp_dfuse_read_block (dfu, 2, data, sizeof data, NULL, &error);

    script_check_end (dfu, &rows[i], done, error);
  }
}

/* What the memory map or the protocol forbids never goes over the wire. */
static void
test_dfuse_refuses_before_sending (void **state)
{
  static const struct {
    const char *name;
    guint16 block;
    guint16 length;
  } blocks[] = {
    { "command block", 0, 4 },
    { "reserved block", 1, 4 },
    { "number too high", 0xFFFF, 4 },
    { "longer than a block", 2, 2049 },
    { "empty", 2, 0 },
  };
  const JmpSector option_bytes = { .address = 0x1FFFC000,
                                   .size = 16,
                                   .access = JMP_ACCESS_READ | JMP_ACCESS_WRITE };
  JmpDfu *dfu = script_dfu_new ("refusals", "", OLD_ROM);
  guint8 data[2049] = { 0 };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++) {
    assert_false (
        jmp_dfuse_write_block (dfu, blocks[i].block, data, blocks[i].length, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, NULL);
    g_clear_error (&error);
    assert_false (
        jmp_dfuse_read_block (dfu, blocks[i].block, data, blocks[i].length, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, NULL);
    g_clear_error (&error);
  }
  assert_false (jmp_dfuse_erase_sector (dfu, &option_bytes, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED, "0x1FFFC000");
  g_clear_error (&error);
  jmp_dfu_free (dfu);
}

static void
test_dfuse_get_commands_that_fail (void **state)
{
  static const ScriptRow stall = { "stalls",
                                   "UPLOAD 0 16 = stall\n"
                                   "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
                                   "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
                                   "CLRSTATUS = ok\n" IDLE,
                                   JMP_ERROR_DEVICE_STATUS,
                                   "asking for the commands" };
  static const ScriptRow mboot = { "known not to answer", "", JMP_ERROR_NOT_SUPPORTED, NULL };
  JmpDfu *dfu = script_dfu_new (stall.name, stall.script, OLD_ROM);
  GError *error = NULL;

  assert_null (jmp_dfuse_get_commands (dfu, NULL, &error));
  script_check_end (dfu, &stall, FALSE, error);
  g_clear_error (&error);

  dfu = script_dfu_new (mboot.name, mboot.script, MBOOT);
  jmp_dfu_get_info (dfu)->quirks.flags |= JMP_QUIRK_NO_GET_COMMANDS;
  assert_null (jmp_dfuse_get_commands (dfu, NULL, &error));
  script_check_end (dfu, &mboot, FALSE, error);
  g_clear_error (&error);
}

/* The limits that a command states: a device that holds its answer gets that long, no longer. */
static void
test_dfuse_limits (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    guint32 size; /* 0: mass erase */
    guint limit_ms;
  } rows[] = {
    { "2 KiB", "DNLOAD 0 41 00 00 00 08 = ok\n", 2048, 20200 },
    { "128 KiB", "DNLOAD 0 41 00 00 00 08 = ok\n", 128 * 1024, 32800 },
    { "everything, size unknown", "DNLOAD 0 41 = ok\n", 0, 40000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *script = g_strconcat (
        rows[i].script, "GETSTATUS = timeout\n", "GETSTATUS = gone\n", NULL);
    JmpDfu *dfu = script_dfu_new (rows[i].name, script, OLD_ROM);
    const JmpSector sector = {
      .address = FLASH,
      .size = rows[i].size,
      .access = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE,
    };
    g_autoptr (GError) error = NULL;

    if (rows[i].size == 0)
      assert_false (jmp_dfuse_mass_erase (dfu, NULL, &error));
    else
      assert_false (jmp_dfuse_erase_sector (dfu, &sector, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "erasing");
    if (script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)) != rows[i].limit_ms)
      fail_msg ("%s: %u ms", rows[i].name, script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)));
    jmp_dfu_free (dfu);
  }
}

static void
test_dfuse_cancelled_before_it_begins (void **state)
{
  const JmpSector sector = { .address = FLASH, .size = 1024, .access = JMP_ACCESS_ERASE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  JmpDfu *dfu = script_dfu_new ("cancelled", "", OLD_ROM);
  guint8 data[4] = { 0 };
  GError *error = NULL;

  g_cancellable_cancel (cancellable);
  assert_false (jmp_dfuse_set_address (dfu, FLASH, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_dfuse_erase_sector (dfu, &sector, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_dfuse_mass_erase (dfu, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_dfuse_write_block (dfu, 2, data, 4, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_dfuse_read_block (dfu, 2, data, 4, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_null (jmp_dfuse_get_commands (dfu, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_dfuse_leave (dfu, FLASH, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_int_equal (jmp_dfu_get_transfers (dfu), 0);
  jmp_dfu_free (dfu);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_dfuse_leave_takes_every_goodbye),
    cmocka_unit_test (test_dfuse_leave_without_status),
    cmocka_unit_test (test_dfuse_stalled_commands_are_explained),
    cmocka_unit_test (test_dfuse_failed_write_is_not_read_protection),
    cmocka_unit_test (test_dfuse_reads_that_fail),
    cmocka_unit_test (test_dfuse_refuses_before_sending),
    cmocka_unit_test (test_dfuse_get_commands_that_fail),
    cmocka_unit_test (test_dfuse_limits),
    cmocka_unit_test (test_dfuse_cancelled_before_it_begins),
  };

  return cmocka_run_group_tests_name ("core/dfu/dfuse on a script", tests, NULL, NULL);
}
