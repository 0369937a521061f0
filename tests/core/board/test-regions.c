/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/regions.h"
#include "device/practice.h"

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

/* A board as it looks when it is not a practice board: nobody knows its kind. */
static JmpDevice *
make_device (const char *kind, gboolean practice)
{
  g_autofree char *spec = g_strdup_printf ("%s,speed=0", kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, &error);
  g_autoptr (JmpDevice) device = jmp_practice_device_new (board, &error);
  const JmpDeviceSource source = { .path = "1-1", .address = 1 };

  assert_no_error (error);
  if (practice)
    return g_steal_pointer (&device);
  return jmp_device_new (&source, jmp_device_get_info (device), NULL);
}

typedef struct {
  const char *name;
  const char *kind;
  gboolean practice;
  const char *said;
  const char *board; /* NULL: not known */
  const char *protected;
} Case;

#define F4_SPECIAL                                                                     \
  "1 0x1fffc000 +0x10 option bytes\n2 0x1fff7800 +0x200 OTP\n2 0x1fff7a00 +0x10 OTP\n" \
  "3 0xffff0000 +0x4 device features\n"

#define CORE_KEYS                                                                     \
  "0 0x08000000 +0x4c00 Spark boot loader\n0 0x08004c00 +0x400 boot loader flags\n"   \
  "1 0x00001000 +0x1000 server public key\n1 0x00002000 +0x1000 device private key\n" \
  "1 0x00020000 +0x20000 factory firmware\n1 0x00040000 +0x20000 backup firmware\n"   \
  "1 0x00060000 +0x20000 update over the air\n"

static const Case cases[] = {
  { "a board of a hundred kinds", "pyboard", FALSE, NULL, NULL, F4_SPECIAL },
  { "said to be a pyboard", "pyboard", FALSE, "PYBV11", "PYBV11", F4_SPECIAL },
  { "said by its older name", "pyboard", FALSE, "pybv10", "PYBV10", F4_SPECIAL },
  { "said to be what it cannot be", "pyboard", FALSE, "PHOTON", NULL, F4_SPECIAL },
  { "said to be what nobody knows", "pyboard", FALSE, "TOASTER", NULL, F4_SPECIAL },
  { "a practice board", "pyboard", TRUE, NULL, "PYBV11", F4_SPECIAL },
  { "a practice board said to be another", "pyboard", TRUE, "PYBV10", "PYBV10", F4_SPECIAL },
  { "the only one that fits", "spark", FALSE, NULL, "SPARK_CORE", CORE_KEYS },
  { "the only one with these ids",
    "photon",
    FALSE,
    NULL,
    "PHOTON",
    "0 0x08000000 +0x4000 Particle boot loader\n0 0x08004000 +0x4000 DCT 1, device settings\n"
    "0 0x08008000 +0x4000 DCT 2, device keys\n0 0x0800c000 +0x14000 EEPROM\n"
    "0 0x080c0000 +0x20000 update over the air\n0 0x080e0000 +0x20000 factory firmware\n"
    "1 0x00000000 +0x4000 DCT, device keys\n" },
  { "two fit, and both have the radio",
    "wb55",
    FALSE,
    NULL,
    NULL,
    "0 0x080c0000 +0x40000 radio firmware\n1 0x1fff8000 +0x80 option bytes\n" },
  { "several boards with mboot", "mboot", FALSE, NULL, NULL, "0 0x08000000 +0x8000 mboot\n" },
};

static char *
list (const GArray *guard)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < guard->len; i++) {
    const JmpGuardRegion *region = &g_array_index (guard, JmpGuardRegion, i);

    g_string_append_printf (
        text, "%u 0x%08x +0x%x %s\n", region->alt, region->address, region->length, region->name);
  }
  return g_string_free (text, FALSE);
}

static char *
list_protected (const JmpRegions *regions)
{
  return list (regions->guard);
}

/* An update asks for the person's files as well, after what is more serious. */
static void
test_regions_with_files (void **state)
{
  static const struct {
    const char *kind;
    const char *files; /* what is protected because of them */
  } rows[] = {
    { "pyboard", "0 0x08004000 +0x1c000 PYBFLASH\n" },
    { "mboot", "0 0x80000000 +0x200000 PYBFLASH\n" },
    { "nucleo-h743", "0 0x08180000 +0x80000 files\n" },
    { "f072", "" },
    { "spark", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpDevice) device = make_device (rows[i].kind, TRUE);
    g_autoptr (JmpRegions) regions = jmp_regions_new_for_device (*state, device, NULL);
    g_autofree char *without = list (regions->guard);
    g_autofree char *with = list (regions->guard_files);
    g_autofree char *expected = g_strconcat (without, rows[i].files, NULL);

    print_message ("  %s\n", rows[i].kind);
    assert_lines_equal (with, expected);
  }
}

static void
test_regions_of_a_device (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    g_autoptr (JmpDevice) device = make_device (c->kind, c->practice);
    g_autoptr (JmpRegions) regions = jmp_regions_new_for_device (*state, device, c->said);
    g_autofree char *text = list_protected (regions);

    print_message ("  %s\n", c->name);
    if (c->board == NULL)
      assert_null (regions->board);
    else
      assert_string_equal (regions->board->id, c->board);
    assert_lines_equal (text, c->protected);
    assert_int_equal (regions->all->len, regions->plan->len);
  }
}

static void
test_regions_for_the_plan (void **state)
{
  g_autoptr (JmpDevice) device = make_device ("pyboard", TRUE);
  g_autoptr (JmpRegions) regions = jmp_regions_new_for_device (*state, device, NULL);
  const JmpPlanRegion *files = &g_array_index (regions->plan, JmpPlanRegion, 1);

  assert_true (g_array_index (regions->plan, JmpPlanRegion, 0).is_code);
  assert_false (files->is_code);
  assert_string_equal (files->name, "PYBFLASH");
  assert_int_equal (files->address, 0x08004000);
  assert_int_equal (files->length, 112 * 1024);
}

static void
test_regions_without_a_catalogue (void **state)
{
  g_autoptr (JmpDevice) device = make_device ("pyboard", FALSE);
  g_autoptr (JmpRegions) regions = jmp_regions_new_for_device (NULL, device, "PYBV11");
  g_autoptr (JmpRegions) same = jmp_regions_new (NULL, jmp_device_get_info (device));
  g_autofree char *text = list_protected (regions);
  g_autofree char *other = list_protected (same);

  assert_lines_equal (text, F4_SPECIAL);
  assert_lines_equal (other, F4_SPECIAL);
}

static void
test_regions_names (void **state)
{
  const JmpGuardRegion region = { .name = "device private key", .code = "keys" };

  assert_true (jmp_regions_is_called (&region, "device private key"));
  assert_true (jmp_regions_is_called (&region, "Device Private Key"));
  assert_true (jmp_regions_is_called (&region, "keys"));
  assert_false (jmp_regions_is_called (&region, "device"));
  assert_false (jmp_regions_is_called (&region, ""));
  assert_false (jmp_regions_is_called (&region, "yes"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_regions_with_files),
    cmocka_unit_test (test_regions_of_a_device),
    cmocka_unit_test (test_regions_for_the_plan),
    cmocka_unit_test (test_regions_without_a_catalogue),
    cmocka_unit_test (test_regions_names),
  };

  return cmocka_run_group_tests (tests, set_up, tear_down);
}
