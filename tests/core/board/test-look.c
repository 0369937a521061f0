/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/look.h"
#include "device/practice.h"

#include <string.h>

#define BANNER(version, board, mcu) "MicroPython v" version " on 2026-08-24; " board " with " mcu
#define PYBOARD                     BANNER ("1.29.0", "PYBv1.1", "STM32F405RG")
#define OLDER                       BANNER ("1.18", "PYBv1.1", "STM32F405RG")
#define PROGRAM                     0x08020000u
#define FLASH_END                   0x08100000u

static int
set_up (void **state)
{
  *state = jmp_catalogue_new_built_in (NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  jmp_catalogue_unref (*state);
  return 0;
}

static char *
look_text (const JmpLook *look)
{
  return g_strdup_printf ("%s %s: %s",
                          look->board != NULL ? look->board->id : "-",
                          look->version != NULL ? look->version : "-",
                          look->machine != NULL ? look->machine : "-");
}

static void
test_look_into_memory (void **state)
{
  static const struct {
    const char *name;
    const char *bytes;
    gsize size;
    const char *look;
  } cases[] = {
    { "nothing", "", 0, "- -: -" },
    { "two texts",
      "\0PYBv1.1 with STM32F405RG\0v1.29.0 on 2026-08-24\0",
      49,
      "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "the banner", PYBOARD, sizeof PYBOARD, "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "no name", "x with STM32\0 with \0 with ", 26, "- -: -" },
    { "cut names", " with", 5, "- -: -" },
    { "a cut version", " on 20", 6, "- -: -" },
    { "no version", "v on 20", 7, "- -: -" },
    { "the second version", "vx on 2020\0v1.9.4 on 2018", 25, "- 1.9.4: -" },
    { "a version that is none", "v1/../x on 2018\0", 16, "- -: -" },
    { "a cut name", "PYBv1.1 with STM32F405RG", 20, "- -: -" },
    { "two boards", "PYBv1.1 with STM32F405RG\0PYBv1.0 with STM32F405RG", 49, "- -: -" },
    { "one board twice",
      "PYBv1.1 with STM32F405RG\0PYBv1.1 with STM32F405RG",
      49,
      "PYBV11 -: PYBv1.1 with STM32F405RG" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) memory = g_bytes_new (cases[i].bytes, cases[i].size);
    g_autoptr (JmpLook) look = jmp_look_into (*state, memory);
    g_autofree char *text = look_text (look);

    if (!g_str_equal (text, cases[i].look))
      fail_msg ("%s: %s", cases[i].name, text);
  }
}

/* A real firmware names its board and version. */
static void
test_look_into_a_real_file (void **state)
{
  g_autofree char *path = firmware_path ("pybv11-network-v1.11.dfu");
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GBytes) memory = NULL;
  g_autoptr (JmpLook) look = NULL;
  gsize size;

  if (path == NULL)
    skip ();
  assert_true (g_file_get_contents (path, &text, &size, NULL));
  memory = g_bytes_new (text, size);
  look = jmp_look_into (*state, memory);
  found = look_text (look);
  assert_string_equal (found, "PYBV11 1.11-427-gd5cbee3cf-dirty: PYBv1.1 with STM32F405RG");
}

static JmpDevice *
open_practice (const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpDevice *device = jmp_practice_device_parse (spec, &error);

  assert_no_error (error);
  return device;
}

static void
fill (JmpDevice *device, guint32 address, gsize size, int byte)
{
  g_autofree guint8 *bytes = g_malloc (size);

  memset (bytes, byte, size);
  assert_true (
      jmp_virtual_board_poke (jmp_practice_device_get_board (device), 0, address, bytes, size));
}

static void
put (JmpDevice *device, guint32 address, const char *text)
{
  assert_true (jmp_virtual_board_poke (
      jmp_practice_device_get_board (device), 0, address, (const guint8 *)text, strlen (text)));
}

/* Firmware of @size bytes with a text in it, and nothing behind. */
static void
put_firmware (JmpDevice *device, gsize size, guint32 at, const char *text)
{
  fill (device, PROGRAM, FLASH_END - PROGRAM, 0xFF);
  fill (device, PROGRAM, size, 0x01);
  put (device, at, text);
}

static char *
read_text (JmpCatalogue *catalogue, JmpDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) memory = jmp_look_read (catalogue, device, NULL, &error);
  g_autoptr (JmpLook) look = NULL;

  assert_no_error (error);
  look = jmp_look_into (catalogue, memory);
  return look_text (look);
}

/* Nothing was changed, no rule was broken, and the board is ready for whatever comes. */
static void
assert_unharmed (JmpDevice *device)
{
  JmpVirtualBoard *board = jmp_practice_device_get_board (device);
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (board);
  JmpVirtualCounters counters = jmp_virtual_board_get_counters (board);

  if (violations[0] != NULL)
    fail_msg ("%s", violations[0]);
  assert_int_equal (counters.sectors_erased, 0);
  assert_int_equal (counters.bytes_programmed, 0);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
}

static void
test_look_at_a_board (void **state)
{
  static const struct {
    const char *name;
    gsize size;
    guint32 at;
    const char *text;
    const char *look;
  } cases[] = {
    { "near the end",
      0x60000,
      PROGRAM + 0x5C000,
      PYBOARD,
      "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "at the start", 0x60000, PROGRAM + 0x10, PYBOARD, "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "on the edge of two steps",
      0x60000,
      PROGRAM + 0x5C000 - 30,
      PYBOARD,
      "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "in the middle of a sector",
      0x4567,
      PROGRAM + 0x4000,
      PYBOARD,
      "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "all of the flash",
      FLASH_END - PROGRAM,
      PROGRAM + 0xDF000,
      PYBOARD,
      "PYBV11 1.29.0: PYBv1.1 with STM32F405RG" },
    { "something else", 0x60000, PROGRAM, "my own program", "- -: -" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDevice) device = open_practice ("virtual:pyboard,speed=0");
    g_autofree char *text = NULL;

    put_firmware (device, cases[i].size, cases[i].at, cases[i].text);
    text = read_text (*state, device);
    if (!g_str_equal (text, cases[i].look))
      fail_msg ("%s: %s", cases[i].name, text);
    assert_unharmed (device);
  }
}

/* What stands behind the firmware is of one that was there before: nobody erases it. */
static void
test_look_is_not_fooled_by_older_bytes (void **state)
{
  g_autoptr (JmpDevice) device = open_practice ("virtual:pyboard,speed=0");
  g_autofree char *text = NULL;

  put_firmware (device, 0x2F000, PROGRAM + 0x2E000, PYBOARD);
  fill (device, 0x08080000, 0x20000, 0x01);
  put (device, 0x08090000, OLDER);
  text = read_text (*state, device);
  assert_string_equal (text, "PYBV11 1.29.0: PYBv1.1 with STM32F405RG");
}

/* A look is short: the end of each sector, and the end of the firmware. */
static void
test_look_reads_little (void **state)
{
  g_autoptr (JmpDevice) device = open_practice ("virtual:pyboard,speed=0");
  JmpVirtualBoard *board = jmp_practice_device_get_board (device);
  g_autofree char *text = NULL;

  put_firmware (device, 0x63618, PROGRAM + 0x5B989, PYBOARD);
  text = read_text (*state, device);
  assert_string_equal (text, "PYBV11 1.29.0: PYBv1.1 with STM32F405RG");
  assert_true (jmp_virtual_board_get_counters (board).bytes_read < 192 * 1024);
  fill (device, PROGRAM, FLASH_END - PROGRAM, 0xFF);
  jmp_virtual_board_reset_counters (board);
  g_free (text);
  text = read_text (*state, device);
  assert_string_equal (text, "- -: -");
  assert_true (jmp_virtual_board_get_counters (board).bytes_read < 32 * 1024);
}

static void
test_look_at_every_practice_board (void **state)
{
  const char *const *kinds = jmp_virtual_board_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autofree char *spec = g_strdup_printf ("virtual:%s,speed=0", kinds[i]);
    g_autoptr (JmpDevice) device = open_practice (spec);
    g_auto (GStrv) violations = NULL;

    g_free (read_text (*state, device));
    violations = jmp_virtual_board_get_violations (jmp_practice_device_get_board (device));

    if (violations[0] != NULL)
      fail_msg ("%s: %s", kinds[i], violations[0]);
  }
}

static void
test_look_that_is_refused (void **state)
{
  g_autoptr (JmpDevice) device = open_practice ("virtual:pyboard,speed=0");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) refused = NULL;

  g_cancellable_cancel (cancellable);
  assert_null (jmp_look_read (*state, device, cancellable, &cancelled));
  assert_true (jmp_error_is_cancelled (cancelled));
  jmp_virtual_board_set_read_protection (jmp_practice_device_get_board (device), 1);
  assert_null (jmp_look_read (*state, device, NULL, &refused));
  assert_error (refused, JMP_ERROR, JMP_ERROR_READ_PROTECTED, "");
  assert_unharmed (device);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_look_into_memory),
    cmocka_unit_test (test_look_into_a_real_file),
    cmocka_unit_test (test_look_at_a_board),
    cmocka_unit_test (test_look_is_not_fooled_by_older_bytes),
    cmocka_unit_test (test_look_reads_little),
    cmocka_unit_test (test_look_at_every_practice_board),
    cmocka_unit_test (test_look_that_is_refused),
  };

  return cmocka_run_group_tests_name ("core/board/look", tests, set_up, tear_down);
}
