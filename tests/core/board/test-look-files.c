/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The person's files on a board that nobody has named. */

#include "assert-text.h"

#include "board/look.h"
#include "device/practice.h"

#include <string.h>

#define FILES      0x08004000u
#define FILES_SIZE 0x1C000u

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

static JmpDevice *
practice (const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpDevice *device = jmp_practice_device_parse (spec, &error);

  assert_no_error (error);
  return device;
}

static JmpPlan *
erase (JmpDevice *device, guint32 address, guint32 length)
{
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_erase_range (jmp_device_get_info (device), 0, address, length, &error);

  assert_no_error (error);
  return plan;
}

static void
test_look_files_only_where_they_can_be (void **state)
{
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0");
  g_autoptr (JmpPlan) over = erase (device, FILES, 0x4000);
  g_autoptr (JmpPlan) vectors = erase (device, 0x08000000, 0x4000);
  JmpDfuInfo *info = jmp_device_get_info (device);

  assert_true (jmp_look_may_take_files (*state, info, over));
  assert_true (jmp_look_finds_files (*state, device, over, NULL));
  assert_false (jmp_look_may_take_files (*state, info, vectors));
  assert_false (jmp_look_finds_files (*state, device, vectors, NULL));
}

/* Where files could be, there are none. */
static void
test_look_files_on_a_blank_board (void **state)
{
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0");
  g_autoptr (JmpPlan) over = erase (device, FILES, 0x4000);
  g_autofree guint8 *blank = g_malloc (FILES_SIZE);

  memset (blank, 0xFF, FILES_SIZE);
  assert_true (
      jmp_virtual_board_poke (jmp_practice_device_get_board (device), 0, FILES, blank, FILES_SIZE));
  assert_true (jmp_look_may_take_files (*state, jmp_device_get_info (device), over));
  assert_false (jmp_look_finds_files (*state, device, over, NULL));
}

/* A board that cannot be read says nothing, and is no error. */
static void
test_look_files_of_a_protected_board (void **state)
{
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0,rdp=1");
  g_autoptr (JmpPlan) over = erase (device, FILES, 0x4000);

  assert_false (jmp_look_finds_files (*state, device, over, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_look_files_only_where_they_can_be),
    cmocka_unit_test (test_look_files_on_a_blank_board),
    cmocka_unit_test (test_look_files_of_a_protected_board),
  };

  return cmocka_run_group_tests_name ("core/board/look-files", tests, set_up, tear_down);
}
